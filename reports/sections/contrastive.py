"""The contrastive question: every explainer once more, with the original excerpt as the baseline."""

import pandas as pd

from veracity_bench.reports.layout.markdown import decimal, label, percent, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.conditions import direction_in_words, directions
from veracity_bench.reports.measurements.metrics import (
    CORRELATIONS,
    EVERY_SIZE,
    NO_K,
    PLANTED,
    PLANTED_SEGMENTS,
    SHARES,
    UP_TO_K,
    Metric,
)
from veracity_bench.reports.scores import board_rows, measures, normalised
from veracity_bench.reports.scores.measures import Measure
from veracity_bench.reports.statistics.estimates import Estimate

INTRODUCTION = """\
What changed the decision? Every explainer explains the adversarial excerpts once more, with the **original excerpt as \
the baseline**: masked segments hold the original, and methods that take a reference take it. What they query is then \
the game that flips score. This baseline reveals the perturbation, as no explainer could know it in earnest: segments \
that the attack left alone are worth exactly nothing. Exact methods saturate, and their scores say nothing about the \
other question. What the table separates is explainers that follow a reference, whose misses elsewhere are those of \
the question, from those that do not, whatever they are asked.

- **k = 1..{few}**: normalised flip, 0 = random, 100 = oracle, over these k, where there is most to lose, over all \
conditions and in each direction; beside it the same with the run's baseline.
- **loc@k**: the share of k planted segments that are found, the original being the baseline; chance finds {chances} %.
- **distance**: |s w - v| / |v| of the weights w from the exact Shapley values v of insertion, with the best s >= 0, \
as units differ: 0 = proportional, 1 = no better than weights of 0. **correlation**: Pearson's, of the same."""

FEW = 3
FLIP = Measure("contrastive flip", "contrastive_flip")
LOCALISATIONS = tuple(Measure(f"loc@{k}", "contrastive_found", k, points=k) for k in PLANTED)
DISTANCE = Measure("distance", "contrastive_distance")
CORRELATION = Measure("correlation", "contrastive_correlation")


def contrastive(material: Material) -> str:
    """Give every explainer a row, best at small k first."""
    records = material.records
    rows = board_rows.with_scores(records, FLIP)
    flips, usual = _at_small_k(records, FLIP), _at_small_k(records, measures.MEAN_FLIP)
    everything = {name: records[records["explainer"] == name] for name in rows}
    names = sorted(rows, key=lambda name: -flips[name].value if name in flips else 0)
    within = {each: _at_small_k(records[records["direction"] == each], FLIP) for each in directions(records)}
    headers = [
        *(f"k = 1..{FEW}", *map(direction_in_words, within), "with the run's baseline"),
        *(measure.title for measure in (*LOCALISATIONS, DISTANCE, CORRELATION)),
    ]
    cells = [
        [
            label(name),
            *(percent(estimates.get(name)) for estimates in (flips, *within.values(), usual)),
            *(percent(measure.estimate(everything[name])) for measure in LOCALISATIONS),
            *(decimal(measure.estimate(everything[name])) for measure in (DISTANCE, CORRELATION)),
        ]
        for name in names
    ]
    return table(["explainer", *headers], cells)


def _at_small_k(records: pd.DataFrame, measure: Measure) -> dict[str, Estimate]:
    """Estimate the normalised flip of every row of the board over k = 1 .. FEW."""
    gains = normalised.gains(records, measure)
    few = gains[gains["k"] <= FEW]
    known = {str(name): normalised.estimate(group) for name, group in few.groupby("explainer")}
    return {name: estimate for name, estimate in known.items() if estimate is not None}


SECTION = Section(
    "The contrastive question",
    INTRODUCTION.replace("{few}", str(FEW)),
    contrastive,
    metrics=(
        Metric(
            "contrastive_flip",
            EVERY_SIZE,
            SHARES,
            "0 or 1",
            'as "flip", of an explanation with the original excerpt as the baseline',
        ),
        Metric(
            "contrastive_found", PLANTED_SEGMENTS, UP_TO_K, "segments", 'as "found", with the original as the baseline'
        ),
        Metric(
            "contrastive_distance",
            NO_K,
            SHARES,
            "share of a length",
            "of the weights from the exact Shapley values v of insertion, abs(s w - v) / abs(v) with the best s >= 0",
        ),
        Metric("contrastive_correlation", NO_K, CORRELATIONS, "Pearson's correlation", "of the same"),
    ),
)
