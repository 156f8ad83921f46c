"""Warnings about explainers, in a word each: the flags of the overall table."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from veracity_bench.reports.measurements.rows import RANDOM, REFERENCES
from veracity_bench.reports.scores import board_rows, measures
from veracity_bench.reports.scores.board_rows import Rows
from veracity_bench.reports.scores.measures import Measure
from veracity_bench.reports.scores.paired import difference
from veracity_bench.reports.statistics.estimates import Estimate


@dataclass(frozen=True)
class Flag:
    """A warning: its word, what it means, the rule in words, and the number that raises it above a bar."""

    word: str
    meaning: str
    rule: str
    number: Callable[[Rows, str], Estimate | None]
    bar: float

    def raised(self, rows: Rows, name: str) -> bool:
        """Return whether the interval over songs lies above the bar."""
        estimate = self.number(rows, name)
        return estimate is not None and estimate.side(self.bar) > 0


def _mean(measure: Measure) -> Callable[[Rows, str], Estimate | None]:
    return lambda rows, name: measure.estimate(rows[name])


def _above_random(rows: Rows, name: str) -> Estimate | None:
    chance = rows.get(RANDOM, rows[name].iloc[:0])
    return difference(measures.REVERSED.select(rows[name]), measures.MEAN_FLIP.select(chance)).estimate()


MODEL_BLIND = Flag(
    "model-blind",
    "does not depend on the model",
    "its weights correlate by more than 0.5 with those for the detector with randomised parameters",
    _mean(measures.RANDOMISED),
    0.5,
)
TARGET_BLIND = Flag(
    "target-blind",
    "does not depend on the target",
    "its weights for the detector with its logit negated correlate by more than -0.8 with its own (-1 = negated too)",
    _mean(measures.SWAPPED),
    -0.8,
)
BACKWARDS = Flag(
    "backwards",
    "ranks above random when reversed",
    "the mean flip of its reversed weights is above that of random segments",
    _above_random,
    0,
)
FOOLED = Flag(
    "fooled",
    "is fooled by an adversarial scaffold",
    "for more than half of the excerpts its top segment is the decoy, which does not affect the prediction",
    _mean(measures.FOOLED),
    0.5,
)
FLAGS = (MODEL_BLIND, TARGET_BLIND, BACKWARDS, FOOLED)
MEASURES = (measures.RANDOMISED, measures.SWAPPED, measures.REVERSED, measures.FOOLED)


def raised(records: pd.DataFrame) -> dict[str, list[Flag]]:
    """Return the flags of each row of the board: those whose interval over songs lies beyond the bar."""
    if not checked(records):
        return {}
    raising = records["metric"].isin([measures.MEAN_FLIP.metric, *(measure.metric for measure in MEASURES)])
    rows = board_rows.by_explainer(records[raising])
    names = [name for name in rows if name not in REFERENCES]
    return {name: [flag for flag in FLAGS if flag.raised(rows, name)] for name in names}


def checked(records: pd.DataFrame) -> bool:
    """Return whether any number was measured that could raise a flag."""
    return bool(records["metric"].isin([measure.metric for measure in MEASURES]).any())


def rules() -> str:
    """List what each flag means, in words."""
    return "\n".join(f"  - *{flag.word}*: {flag.meaning}; {flag.rule}." for flag in FLAGS)
