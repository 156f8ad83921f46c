"""What should make a reader wary of an explainer, in a word: the flags of the overall table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from reports import scores
from reports.differences import difference
from reports.markdown import NOTHING
from reports.references import RANDOM, REFERENCES
from reports.scores import Measure
from reports.verdicts import Evidence, Verdict

TITLE = "flags"  # of their column
SHUFFLED = Measure("parameters shuffled", "shuffled_correlation")
SWAPPED = Measure("target swapped", "swapped_correlation")
REVERSED = Measure("reversed", "reversed_flip")
FOOLED = Measure("fooled", "fooled", 1)

Rows = Mapping[str, pd.DataFrame]  # the records of every row of the board


@dataclass(frozen=True)
class Flag:
    """A warning: its word, what it says, the rule in words, and the evidence that raises it if it holds."""

    word: str
    says: str
    rule: str
    evidence: Callable[[Rows, str], Evidence]


def _shuffled(rows: Rows, name: str) -> Evidence:
    return Evidence(SHUFFLED.title, SHUFFLED.estimate(rows[name]), low=0.5)


def _swapped(rows: Rows, name: str) -> Evidence:
    return Evidence(SWAPPED.title, SWAPPED.estimate(rows[name]), low=-0.8)


def _reversed(rows: Rows, name: str) -> Evidence:
    chance = rows.get(RANDOM, rows[name].iloc[:0])
    gap = difference(REVERSED.select(rows[name]), scores.MEAN_FLIP.select(chance))
    return Evidence(REVERSED.title, gap, low=0)


def _fooled(rows: Rows, name: str) -> Evidence:
    return Evidence(FOOLED.title, FOOLED.estimate(rows[name]), low=0.5)


FLAGS = (
    Flag(
        "model-blind",
        "does not depend on the model",
        "its weights correlate by more than 0.5 with those for the detector with shuffled parameters",
        _shuffled,
    ),
    Flag(
        "target-blind",
        "is not turned by the target",
        "its weights for the detector that means the opposite correlate by more than -0.8 with its own (-1 = turned)",
        _swapped,
    ),
    Flag(
        "backwards",
        "ranks above random when reversed",
        "the mean flip of its reversed weights is above that of random segments",
        _reversed,
    ),
    Flag(
        "fooled",
        "is fooled by a scaffold",
        "for more than half of the excerpts its top segment is the decoy, which means nothing to the detector",
        _fooled,
    ),
)


def raised(records: pd.DataFrame) -> dict[str, list[Flag]]:
    """Tell which flags each row of the board has earned: those whose interval over songs lies beyond the bar."""
    rows = scores.by_explainer(scores.measured(records))
    names = [name for name in rows if name not in REFERENCES]
    return {name: [flag for flag in FLAGS if flag.evidence(rows, name).verdict == Verdict.HOLDS] for name in names}


def words(flags: list[Flag]) -> str:
    """Name flags shortly."""
    return ", ".join(flag.word for flag in flags) or NOTHING


def asked(records: pd.DataFrame) -> bool:
    """Tell whether any number was measured that could raise a flag."""
    return bool(records["metric"].isin([m.metric for m in (SHUFFLED, SWAPPED, REVERSED, FOOLED)]).any())


def rules() -> str:
    """Say in words what each flag means."""
    return "\n".join(f"  - *{flag.word}*: {flag.says}; {flag.rule}." for flag in FLAGS)
