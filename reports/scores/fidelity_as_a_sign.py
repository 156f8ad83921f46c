"""Is fidelity a sign of a right explanation? The area under the ROC curve, and whether there are enough of both kinds.

An area is no sum over songs, so no sign-flip test decides about it but its interval, explainer by explainer. What that
leaves open has too few explanations to be decided if an interval of so many would reach beyond the bars even if
fidelity were no sign at all and all excerpts were independent.
"""

import pandas as pd

from veracity_bench.reports.scores import measures
from veracity_bench.reports.scores.board_rows import Rows
from veracity_bench.reports.scores.verdicts import Evidence, Verdict
from veracity_bench.reports.statistics.auroc import auroc, spread_of_no_sign
from veracity_bench.reports.statistics.estimates import ENOUGH, Estimate

BARS = (0.3, 0.7)  # an AUROC from 0.7 on counts as acceptable discrimination (Hosmer and Lemeshow 2000)
NO_SIGN = 0.5
REACH = 1.96  # standard deviations of a 95 % interval


def fidelity_is_no_sign(rows: Rows, explainer: str) -> list[Evidence]:
    """Whether the fidelity is larger where the one planted segment is found, with how many are right and wrong."""
    judged = measures.fidelities(rows[explainer])
    area = area_of(judged)
    right = int(judged["right"].sum())
    what = f"{right} right and {len(judged) - right} wrong explanations, AUROC"
    return [Evidence(what, area, verdict=verdict(judged, area), share=False)]


def area_of(judged: pd.DataFrame) -> Estimate | None:
    """Compute the area of a table of fidelities (`veracity_bench.reports.scores.measures.fidelities`)."""
    return auroc(judged["fidelity"], judged["right"], judged["song"], judged["condition"])


def verdict(judged: pd.DataFrame, area: Estimate | None) -> Verdict:
    """Decide by the interval whether fidelity is no sign; where it cannot, state whether so many ever could."""
    if area is None:
        return Verdict.TOO_FEW if len(judged) else Verdict.UNKNOWN
    inside = (area.side(BARS[0]), -area.side(BARS[1]))
    if inside == (1, 1):
        return Verdict.HOLDS
    if -1 in inside:
        return Verdict.FAILS
    return Verdict.TOO_FEW if too_few(judged, area) else Verdict.UNDECIDED


def too_few(judged: pd.DataFrame, area: Estimate) -> bool:
    """Return whether an interval of so many right and wrong explanations would reach beyond the bars anyway."""
    spread = spread_of_no_sign(judged["right"], judged["condition"])
    return area.songs < ENOUGH or REACH * spread > BARS[1] - NO_SIGN
