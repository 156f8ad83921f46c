"""How many segments does a flip need? What the values of all sets of segments show about the cases."""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, fine_percent, number, percent, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.conditions import conditions
from veracity_bench.reports.measurements.metrics import NO_K, SEGMENT, SHARES, Metric, Range
from veracity_bench.reports.scores.measures import Measure

INTRODUCTION = """\
The smallest set of segments that flips the prediction (median and range over excerpts, then "size: excerpts"), and \
how many sets of that size flip (median); the share of all 2^{n} sets that flip, which is random's flip@positive; and, \
of all steps from a set that flips to one with one segment more, the share after which it flips no longer: 0 if more \
perturbation never undoes a flip. Many smallest sets mean that segments stand in for each other."""

SMALLEST = Measure("smallest set", "smallest")
SMALLEST_SETS = Measure("sets of that size", "smallest_sets")
FLIPPING = Measure("sets that flip (%)", "flipping")
NON_MONOTONE = Measure("steps that un-flip (%)", "non_monotone")


def flipping_sets(material: Material) -> str:
    """Describe the sets that flip, by condition."""
    records = material.records
    if SMALLEST.select(records).empty:
        return NOTHING
    headers = ["attack", "excerpts", SMALLEST.title, "excerpts by its size"]
    headers += [measure.title for measure in (SMALLEST_SETS, FLIPPING, NON_MONOTONE)]
    groups = {condition.words: condition.select(records) for condition in conditions(material.records)}
    rows = [[title, *_cells(group)] for title, group in {**groups, "all": records}.items()]
    return table(headers, rows, texts=(0, 3))


def _cells(records: pd.DataFrame) -> list[str]:
    sizes = SMALLEST.select(records)["value"].astype(int)
    counts = sizes.value_counts().sort_index()
    return [
        str(sizes.size),
        NOTHING if sizes.empty else f"{sizes.median():g} ({sizes.min()} to {sizes.max()})",
        ", ".join(f"{size}: {count}" for size, count in counts.items()) or NOTHING,
        number(SMALLEST_SETS.median(records), "g"),
        percent(FLIPPING.estimate(records)),
        fine_percent(NON_MONOTONE.estimate(records)),
    ]


SECTION = Section(
    "Smallest sets of segments that flip",
    INTRODUCTION,
    flipping_sets,
    metrics=(
        Metric("smallest", NO_K, Range(1), "segments", "in the smallest set that flips"),
        Metric("smallest_sets", NO_K, Range(1), "sets", "of that size that flip"),
        Metric("flipping", NO_K, SHARES, "share of sets", "that flip"),
        Metric(
            "non_monotone",
            NO_K,
            SHARES,
            "share of steps",
            "from a set that flips, by one segment more, that take the flip back",
        ),
        Metric(
            "member", SEGMENT, Range(1, 1), "", "segment k is in the smallest set (of several, the one that flips most)"
        ),
    ),
)
