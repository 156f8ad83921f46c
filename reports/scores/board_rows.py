"""The rows of the board: how records are split by explainer, in which order, and over how many segments."""

from collections.abc import Iterator
from functools import cached_property

import pandas as pd

from veracity_bench.reports.measurements.columns import KNOWN_ANSWERS, MAX_SEGMENTS
from veracity_bench.reports.measurements.remembered import remembered
from veracity_bench.reports.measurements.rows import EXACT, ORACLE, RANDOM
from veracity_bench.reports.scores.measured_cases import incomplete
from veracity_bench.reports.scores.measures import MEAN_FLIP, Measure
from veracity_bench.reports.scores.songs import CONDITION

FACTS = ""  # the explainer of what is known of cases, whoever explains them


class Rows(dict[str, pd.DataFrame]):
    """The records of every row of the board, by its name."""

    @cached_property
    def n_segments(self) -> int:
        """Return how many segments an excerpt has."""
        return _n_segments(*self.values())


@remembered
def n_segments(records: pd.DataFrame) -> int:
    """Return how many segments an excerpt has, from all records of a run: flips are measured for every k up to it.

    Each segment has its weight, too. Without either there may be as many as records admit.
    """
    return _n_segments(records)


def _n_segments(*parts: pd.DataFrame) -> int:
    flips = [part["k"][part["metric"] == MEAN_FLIP.metric] for part in parts]
    weights = [part["k"][part["metric"].isin(["weight", "drawn_weight"])] + 1 for part in parts]
    known = [int(ks.max()) for ks in (*flips, *weights) if len(ks)]
    return max(known, default=MAX_SEGMENTS)


def _of_the_board(records: pd.DataFrame) -> "pd.Series[bool]":
    """Leave out the calibration: it measures the harness, by methods that need not be rows of the board."""
    return records["experiment"] != KNOWN_ANSWERS


@remembered
def explainers(records: pd.DataFrame) -> list[str]:
    """Name the rows of the board, best mean flip first; those without a number for some case come after the others."""
    flips = records.loc[records["metric"] == MEAN_FLIP.metric, ["explainer", *CONDITION, "value"]]
    means = flips.groupby(["explainer", *CONDITION])["value"].mean().groupby("explainer").mean()
    lacking = incomplete(records)
    listed = records["explainer"][_of_the_board(records)].unique()
    names = [str(name) for name in listed if name != ""]
    return sorted(names, key=lambda name: (name not in means, name in lacking, -means.get(name, 0.0), name))


def each_explainer(records: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the records of one explainer after the other, in the order of the board."""
    listed = _of_the_board(records)
    for name in explainers(records):
        yield name, records[listed & (records["explainer"] == name)]


def by_explainer(records: pd.DataFrame) -> Rows:
    """Split the records by explainer, in the order of the board."""
    return Rows(each_explainer(records))


def with_facts(records: pd.DataFrame) -> Rows:
    """Split the records by explainer, with what is known of the cases by `FACTS`."""
    return Rows({**by_explainer(records), FACTS: records[records["explainer"] == FACTS]})


def with_scores(records: pd.DataFrame, measure: Measure) -> dict[str, pd.DataFrame]:
    """Split the records of one score by explainer, in the same order; explainers without any are left out."""
    chosen = dict(iter(measure.select(records).groupby("explainer")))
    return {name: chosen[name] for name in explainers(records) if name in chosen}


def without_oracle(records: pd.DataFrame) -> bool:
    """Return whether chance alone was computed, as where each coalition takes a forward pass."""
    flips = with_scores(records, MEAN_FLIP)
    return RANDOM in flips and flips.keys().isdisjoint((ORACLE, *EXACT))
