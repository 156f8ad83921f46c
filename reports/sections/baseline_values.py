"""Does an explanation depend on the baseline value, which masked segments hold? The paper's section 4.4."""

from collections.abc import Sequence

import pandas as pd

from veracity_bench.reports.layout.markdown import decimal, label, number, percent, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.conditions import direction_in_words, directions
from veracity_bench.reports.measurements.metrics import CORRELATIONS, EVERY_SIZE, NO_K, NUMBERS, SHARES, Metric
from veracity_bench.reports.scores import board_rows
from veracity_bench.reports.scores.measures import Measure

INTRODUCTION = """\
What masked segments hold: the paper compares the **mean** of the excerpt, **zero** and its **min**imum (section 4.4). \
**other-class** is a training excerpt: of those that the detector places most clearly in the other class than the one \
predicted, the nearest. It lies on the origin's side of the threshold by construction, and is chosen without a look at \
the perturbation. The mean flip in percent with each of them, in all and by direction, the median margin of the \
baseline alone past the threshold (above 0 it is on the target's side, where masking has nothing to explain), and \
Spearman's correlation of the weights with those for the mean. `--baseline` takes another one for a whole run."""

FLIP = Measure("mean flip", "content_flip")
ALIKE = Measure("correlation with mean", "content_correlation")
MARGIN = Measure("margin", "content_margin")
VALUES = ("mean", "zero", "min", "other-class")


def by_value(material: Material) -> str:
    """Show what becomes of the flips and of the ranking with each baseline value, a row for each."""
    records = material.records
    ways = directions(records)
    titles = [f"{measure.title}, {direction_in_words(way)}" for measure in (FLIP, MARGIN) for way in ways]
    headers = ["explainer", "baseline", FLIP.title, *titles, ALIKE.title]
    rows = [
        _row(name, value, own, ways)
        for name in board_rows.with_scores(records, FLIP)
        for value in VALUES
        if len(own := records[(records["explainer"] == name) & (records["variant"] == value)])
    ]
    return table(headers, rows)


def _row(name: str, value: str, records: pd.DataFrame, ways: Sequence[str]) -> list[str]:
    within = [records[records["direction"] == direction] for direction in ways]
    flips = [percent(FLIP.estimate(group)) for group in (records, *within)]
    margins = [number(MARGIN.median(MARGIN.select(group)), "+.1f") for group in within]
    return [label(name), value, *flips, *margins, decimal(ALIKE.estimate(records))]


SECTION = Section(
    "Baseline values",
    INTRODUCTION,
    by_value,
    metrics=(
        Metric(
            "content_flip",
            EVERY_SIZE,
            SHARES,
            "0 or 1",
            'as "flip", of weights with a baseline value; variant = "mean", "zero", "min" or "other-class"',
        ),
        Metric(
            "content_correlation",
            NO_K,
            CORRELATIONS,
            "Spearman's correlation",
            'of these weights with those for "mean"; variant as above',
        ),
        Metric(
            "content_margin",
            NO_K,
            NUMBERS,
            "logit",
            'as "baseline_margin", with that baseline value; variant as above',
        ),
    ),
)
