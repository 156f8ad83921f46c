"""The six conclusions of the paper's section 6, each with its evidence in the records and the bar that decides it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from veracity_bench.reports.measurements.rows import DELTA_NORM, RANDOM
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.measures import FIDELITY_OF_DRAWINGS, TOUCHED, Measure, Rows
from veracity_bench.reports.scores.paired import difference, paired
from veracity_bench.reports.scores.songs import song_ratio
from veracity_bench.reports.scores.verdicts import Evidence
from veracity_bench.reports.statistics.auroc import auroc
from veracity_bench.reports.statistics.estimates import Estimate

HALF = 0.5
DISCRIMINATING = 0.7  # an AUROC from which on discrimination counts as acceptable (Hosmer and Lemeshow 2000)


@dataclass(frozen=True)
class Claim:
    """A conclusion of the paper: where it stands there, its bar in words, and the evidence for an explainer."""

    place: str
    title: str
    bar: str
    evidence: Callable[[Rows, str], Sequence[Evidence]]


def obvious_causes(rows: Rows, explainer: str) -> list[Evidence]:
    """Whether the top 3 segments touch what was drawn, and whether the weights fit the output."""
    return [
        Evidence("drawing found (%)", drawings_found(rows, explainer), low=HALF),
        Evidence("fidelity", FIDELITY_OF_DRAWINGS.estimate(rows[explainer]), low=HALF, share=False),
    ]


def drawings_found(rows: Rows, explainer: str) -> Estimate | None:
    """Scale how many of the top 3 segments the drawing touches: 0 = as many as by chance, 1 = as many as can be."""
    both = paired(_select(TOUCHED, rows, explainer), _select(TOUCHED, rows, RANDOM))
    chance = both["value_other"]
    best = (chance * _n_segments(rows) / 3).clip(upper=1)
    return song_ratio(both, both["value"] - chance, best - chance, -1, 1, counted=True).estimate()


def few_flips(rows: Rows, explainer: str) -> list[Evidence]:
    """Whether the perturbation in the top 3 segments flips the prediction."""
    return [Evidence("flip@3 (%)", scores.FLIP_AT_3.estimate(rows[explainer]), high=HALF)]


def worse_than_norm(rows: Rows, explainer: str) -> list[Evidence]:
    """Whether the size of the perturbation chooses better, over all numbers of segments."""
    norm, own = (_select(scores.MEAN_FLIP, rows, name) for name in (DELTA_NORM, explainer))
    return [Evidence("mean flip of delta-norm - its own (points)", difference(norm, own).estimate(), low=0)]


def worse_than_norm_in_positives(rows: Rows, explainer: str) -> list[Evidence]:
    """Whether the size of the perturbation chooses better among as many segments as have a positive weight."""
    measures = (scores.FLIP_POSITIVE_NORM, scores.FLIP_POSITIVE)
    norm, own = (_select(measure, rows, explainer) for measure in measures)
    return [Evidence("flip@positive of delta-norm - its own (points)", difference(norm, own).estimate(), low=0)]


def partly_found(rows: Rows, explainer: str) -> list[Evidence]:
    """Which share of the planted segments is found, over all numbers of them."""
    return [
        Evidence("planted segments found (%)", scores.found_share(_select(scores.FOUND, rows, explainer)), high=HALF)
    ]


def fidelity_is_no_sign(rows: Rows, explainer: str) -> list[Evidence]:
    """Whether the fidelity is larger where the one planted segment is found."""
    judged = scores.fidelities(rows[explainer])
    area = auroc(judged["fidelity"], judged["right"], judged["song"], judged["condition"])
    return [Evidence("AUROC", area, low=1 - DISCRIMINATING, high=DISCRIMINATING, share=False)]


def _n_segments(rows: Rows) -> int:
    return scores.n_segments(pd.concat([own[["metric", "k"]] for own in rows.values()]))


def _select(measure: Measure, rows: Rows, name: str) -> pd.DataFrame:
    return measure.select(rows[name]) if name in rows else measure.select(next(iter(rows.values()))).iloc[:0]


CLAIMS = (
    Claim(
        "Figure 1",
        "Obvious causes are found, with high fidelity",
        "on a scale from chance (0 %) to as many touched segments as there can be among the top 3 (100 %), the drawing "
        "is found to more than 50 %, and the fidelity is above 0.5",
        obvious_causes,
    ),
    Claim(
        "Table 1",
        "The 3 top segments flip only a minority of the excerpts",
        "flip@3 is below 50 % over all conditions (paper: 21 to 53 % for one of them)",
        few_flips,
    ),
    Claim(
        "Figure 2",
        "The top k segments flip fewer excerpts than the k of largest perturbation",
        "mean flip, over all k and the same excerpts, is lower than delta-norm's",
        worse_than_norm,
    ),
    Claim(
        "Table 2",
        "The positive segments flip fewer excerpts than as many of largest perturbation",
        "flip@positive is lower than that of delta-norm's choice of as many segments of the same excerpts",
        worse_than_norm_in_positives,
    ),
    Claim(
        "Figure 3",
        "Planted segments are found only in part",
        "fewer than 50 % of the planted segments are found, over k = 1, 3, 5 together",
        partly_found,
    ),
    Claim(
        "Figure 4",
        "Fidelity does not separate right from wrong explanations",
        f"the AUROC of fidelity as a sign of a right explanation, beside wrong ones of the same attack and direction, "
        f"lies between {1 - DISCRIMINATING:.1f} and {DISCRIMINATING} (0.5 = no sign at all)",
        fidelity_is_no_sign,
    ),
)
