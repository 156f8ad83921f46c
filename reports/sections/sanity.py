"""Sanity checks of explainers: parameter randomisation (Adebayo et al. 2018), a swapped target, a reversed ranking."""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, decimal, label, percent, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.metrics import CORRELATIONS, EVERY_SIZE, NO_K, SHARES, Metric
from veracity_bench.reports.measurements.rows import RANDOM
from veracity_bench.reports.scores import board_rows, measures
from veracity_bench.reports.scores.flags import BACKWARDS, MODEL_BLIND, TARGET_BLIND, raised
from veracity_bench.reports.scores.measures import RANDOMISED, REVERSED, SWAPPED
from veracity_bench.reports.scores.paired import paired
from veracity_bench.reports.scores.songs import song_ratio

INTRODUCTION = """\
Three checks on few songs. **Parameter randomisation**: Spearman's correlation of the weights with those for the \
detector with its parameters shuffled; near 0 if an explanation depends on the detector. **Swapped target**: with \
those for the detector with its logit negated; -1 if the weights are negated too. **Reversed ranking**: the mean flip \
of the weights with their signs reversed, beside that of *random* on the same excerpts, in percent; the lowest \
segments must not flip more than chance."""

CHECKED = (MODEL_BLIND, TARGET_BLIND, BACKWARDS)
HEADERS = ["explainer", RANDOMISED.title, SWAPPED.title, REVERSED.title, "random", "finding"]


def sanity(material: Material) -> str:
    """Show the three checks of every explainer, and what they find in words."""
    flags = raised(material.records)
    rows = board_rows.by_explainer(material.records) if flags else {}
    chance = measures.MEAN_FLIP.select(rows[RANDOM]) if RANDOM in rows else material.records.iloc[:0]
    lines = []
    for name, group in rows.items():
        checks = _checks(group, chance)
        if set(checks) != {NOTHING}:
            finding = "; ".join(flag.meaning for flag in flags.get(name, ()) if flag in CHECKED)
            lines.append([label(name), *checks, finding or NOTHING])
    return table(HEADERS, lines, texts=(0, len(HEADERS) - 1))


def _checks(group: pd.DataFrame, chance: pd.DataFrame) -> list[str]:
    beside = paired(REVERSED.select(group), chance)
    correlations = [decimal(measure.estimate(group)) for measure in (RANDOMISED, SWAPPED)]
    flips = [REVERSED.estimate(group), song_ratio(beside, beside["value_other"], 1, 0, 1).estimate()]
    return [*correlations, *map(percent, flips)]


SECTION = Section(
    "Sanity checks",
    INTRODUCTION,
    sanity,
    metrics=(
        Metric(
            "shuffled_correlation",
            NO_K,
            CORRELATIONS,
            "Spearman's correlation",
            "parameter randomisation: of the weights with those for the detector with its parameters shuffled",
        ),
        Metric(
            "swapped_correlation",
            NO_K,
            CORRELATIONS,
            "Spearman's correlation",
            "of the weights with those for the detector with its logit negated; ideally -1",
        ),
        Metric("reversed_flip", EVERY_SIZE, SHARES, "0 or 1", 'as "flip", of the weights with their signs reversed'),
    ),
)
