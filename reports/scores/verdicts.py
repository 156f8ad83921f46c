"""Does a statement about explainers hold? A family of tests over songs decides, for all explainers together.

The interval of a number is shown beside the verdict and does not decide: of many intervals some miss by chance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from veracity_bench.reports.statistics.estimates import Estimate
from veracity_bench.reports.statistics.sign_flips import decide
from veracity_bench.reports.statistics.song_ratio import SongRatio


class Verdict(StrEnum):
    """What the records decide about a statement."""

    HOLDS = "holds"
    FAILS = "does not hold"
    UNDECIDED = "undecided"
    TOO_FEW = "too few to decide"
    UNKNOWN = "-"


SIGNS = {1: Verdict.HOLDS, 0: Verdict.UNDECIDED, -1: Verdict.FAILS}


@dataclass(frozen=True, eq=False)
class Evidence:
    """A number, in words and with its interval, and what each song adds to it: above 0 speaks for the statement.

    Where the number is no sum over songs it has no ``support`` but its own ``verdict``.
    """

    what: str
    estimate: Estimate | None
    support: "pd.Series[float] | None" = None
    verdict: Verdict = Verdict.UNKNOWN
    share: bool = True  # to be shown in percent


def above(what: str, ratio: SongRatio, bar: float, share: bool = True) -> Evidence:
    """Make a number the evidence of a statement that it lies above a bar."""
    return Evidence(what, ratio.estimate(), ratio.excess(bar), share=share)


def below(what: str, ratio: SongRatio, bar: float) -> Evidence:
    """Make a number the evidence of a statement that it lies below a bar."""
    return Evidence(what, ratio.estimate(), -ratio.excess(bar))


def verdicts(family: Mapping[str, Sequence[Evidence]], twins: Mapping[str, str]) -> dict[str, Verdict]:
    """Decide a statement for all explainers; twins (`veracity_bench.reports.scores.twins`) are tested once."""
    tests = {key: piece.support for key, piece in _pieces(family) if tested(piece) and key[0] not in twins}
    signs = decide({key: support for key, support in tests.items() if support is not None})
    return {
        name: joint(
            [
                SIGNS[signs.get((twins.get(name, name), i), 0)] if tested(piece) else piece.verdict
                for i, piece in enumerate(pieces)
            ]
        )
        for name, pieces in family.items()
    }


def tested(piece: Evidence) -> bool:
    """Return whether a test over songs decides about a piece of evidence."""
    return piece.estimate is not None and piece.support is not None


def joint(verdicts: Sequence[Verdict]) -> Verdict:
    """Decide a statement that needs all of its evidence; one piece that is not known leaves it unknown."""
    for verdict in (Verdict.UNKNOWN, Verdict.FAILS, Verdict.TOO_FEW, Verdict.UNDECIDED):
        if verdict in verdicts:
            return verdict
    return Verdict.HOLDS


def _pieces(family: Mapping[str, Sequence[Evidence]]) -> list[tuple[tuple[str, int], Evidence]]:
    return [((name, i), piece) for name, pieces in family.items() for i, piece in enumerate(pieces)]
