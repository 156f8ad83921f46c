"""How far can localisation go, where not every planted segment matters?"""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, label, percent, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.metrics import PLANTED, PLANTED_SEGMENTS, UP_TO_K, Metric
from veracity_bench.reports.measurements.rows import RANDOM, REFERENCES
from veracity_bench.reports.scores import board_rows, measured_cases, measures
from veracity_bench.reports.scores.measures import Measure

PLANTING = """\
Only the k segments of largest perturbation are perturbed, in excerpts whose prediction still flips. In percent of \
these planted segments, but for the first row."""

CEILING = """\
Not each of them need matter. One is *needed* if the prediction flips back without it, and *pivotal* if it makes some \
set of the others flip: so are segments that can stand in for each other, none of which is needed. The others are \
perturbed in vain. The *ceiling* is the expectation for an explainer that ranks just the pivotal ones first and all \
else by chance. It bounds explainers that see flips only: delta-norm and shapley-insertion exceed it, for they see the \
perturbation itself."""


def introduction(material: Material) -> str:
    """Explain what is planted, and what is known of the planted segments."""
    return PLANTING if board_rows.without_oracle(material.records) else f"{PLANTING} {CEILING}"


def ceilings(material: Material) -> str:
    """Compare what explainers find with chance, what matters and what can be expected, for each number of segments."""
    records = material.records
    found = board_rows.with_scores(records, Measure("localisation", "found"))
    if not found:
        return NOTHING
    facts = [name for name in ("needed", "pivotal", "ceiling") if (records["metric"] == name).any()]
    names = sorted((name for name in found if name != RANDOM), key=lambda name: name in REFERENCES)
    n = board_rows.n_segments(records)
    rows = [
        ["excerpts", *(str(measured_cases.count_cases(measure.select(records))) for measure in measures.LOCALISATIONS)],
        ["chance", *(measures.chance(k, n) for k in PLANTED)],
        *([name, *_shares(records, name)] for name in facts),
        *([label(name), *_shares(found[name], "found")] for name in names),
    ]
    return table(["planted segments", *map(str, PLANTED)], rows)


def _shares(records: pd.DataFrame, metric: str) -> list[str]:
    return [percent(Measure(metric, metric, k, points=k).estimate(records)) for k in PLANTED]


SECTION = Section(
    "Upper bound of localisation",
    introduction,
    ceilings,
    metrics=(
        Metric("needed", PLANTED_SEGMENTS, UP_TO_K, "segments", "planted, without which the others do not flip"),
        Metric("pivotal", PLANTED_SEGMENTS, UP_TO_K, "segments", "planted, that make some set of the others flip"),
        Metric(
            "ceiling",
            PLANTED_SEGMENTS,
            UP_TO_K,
            "segments",
            '"found", as expected of a ranking that has the pivotal ones first and the rest by chance',
        ),
    ),
)
