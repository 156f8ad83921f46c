"""Where does an explainer lose against the oracle? Its gap in mean flip, split exactly and case by case.

From the oracle to the explainer in four steps; each loses what the one row of the board flips less than the row before:

sets        oracle -> exact Shapley values of insertion: a ranking has to be good for all k at once
reference   -> exact Shapley values of masking: the explainer is asked about a baseline, not about the original
rule        -> what the explainer comes to with ever more queries: another attribution rule than Shapley's
estimation  -> the explainer: its queries are a sample

A step may gain, which is a loss below 0. Where what it comes to is not known, ``rule`` holds the last two steps.
"""

from dataclasses import dataclass

import pandas as pd

from veracity_bench.reports.measurements.rows import ORACLE, REFERENCES, SHAPLEY
from veracity_bench.reports.scores import board_rows, measures, songs
from veracity_bench.reports.scores.measures import Measure
from veracity_bench.reports.scores.songs import song_ratio
from veracity_bench.reports.statistics.estimates import Estimate

TERMS = ("sets", "reference", "rule", "estimation")
MEAN_LIMIT = Measure("mean flip of the limit", "limit_flip")


@dataclass(frozen=True, eq=False)
class Gap:
    """What one explainer loses: a row per case, indexed by ``CASE``, with the terms and the explainer's ``flip``."""

    losses: pd.DataFrame

    @property
    def terms(self) -> list[str]:
        """Return the terms that are known, which add up to the gap."""
        return [term for term in TERMS if term in self.losses]

    def of(self, direction: str) -> "Gap":
        """Return the losses in one direction."""
        return Gap(self.losses[self.losses.index.get_level_values("direction") == direction])

    def term(self, name: str) -> Estimate | None:
        """Estimate the mean of a term, of ``flip`` or of the whole ``gap``, conditions alike; None without a case."""
        values = self.losses[self.terms].sum(axis=1) if name == "gap" else self.losses[name]
        low = 0 if name in ("flip", "gap", "sets") else -1
        return song_ratio(values.index.to_frame(index=False), values.reset_index(drop=True), 1.0, low, 1).estimate()


def gaps(records: pd.DataFrame) -> dict[str, Gap]:
    """Split the gap of every explainer, in the order of the board; those without a case that all rows have are not."""
    flips, limits = _by_case(records, measures.MEAN_FLIP), _by_case(records, MEAN_LIMIT)
    if not {ORACLE, *SHAPLEY} <= set(flips):
        return {}
    found = {name: Gap(_losses(flips, limits, name)) for name in _explainers(records)}
    return {name: gap for name, gap in found.items() if len(gap.losses)}


def _explainers(records: pd.DataFrame) -> list[str]:
    return [name for name in board_rows.with_scores(records, measures.MEAN_FLIP) if name not in REFERENCES]


def _by_case(records: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    return measure.select(records).pivot_table("value", songs.CASE, "explainer")


def _losses(flips: pd.DataFrame, limits: pd.DataFrame, name: str) -> pd.DataFrame:
    steps = [flips[row] for row in (ORACLE, *SHAPLEY)]
    steps += [limits[name]] if name in limits else []
    chain = pd.concat([*steps, flips[name]], axis=1, keys=range(len(steps) + 1)).dropna()
    losses = -chain.diff(axis=1).iloc[:, 1:]
    return losses.set_axis(TERMS[: len(steps)], axis=1).assign(flip=chain[len(steps)])
