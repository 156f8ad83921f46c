"""Does a statement hold? It does if the interval of its number lies within bounds, and does not if it lies outside."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from veracity_bench.reports.statistics.estimates import Estimate


class Verdict(StrEnum):
    """What the records decide about a statement."""

    HOLDS = "holds"
    FAILS = "does not hold"
    UNDECIDED = "undecided"
    UNKNOWN = "-"


@dataclass(frozen=True)
class Evidence:
    """A number, in words and with its interval; it speaks for a statement if it lies between low and high."""

    what: str
    estimate: Estimate | None
    low: float = -math.inf
    high: float = math.inf
    share: bool = True  # to be shown in percent

    @property
    def verdict(self) -> Verdict:
        """Decide by the interval; it is undecided where that contains a bound, or where songs are too few."""
        if self.estimate is None:
            return Verdict.UNKNOWN
        inside = (self.estimate.side(self.low), -self.estimate.side(self.high))
        if inside == (1, 1):
            return Verdict.HOLDS
        return Verdict.FAILS if -1 in inside else Verdict.UNDECIDED


def joint(evidence: Sequence[Evidence]) -> Verdict:
    """Decide a statement that needs all of its evidence; one piece that is not known leaves it unknown."""
    verdicts = [piece.verdict for piece in evidence]
    for verdict in (Verdict.UNKNOWN, Verdict.FAILS, Verdict.UNDECIDED):
        if verdict in verdicts:
            return verdict
    return Verdict.HOLDS
