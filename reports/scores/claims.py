"""The six conclusions of the paper's section 6, each with its evidence in the records and the bar that decides it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from veracity_bench.reports.measurements.rows import DELTA_NORM, RANDOM
from veracity_bench.reports.scores import measures
from veracity_bench.reports.scores.board_rows import Rows
from veracity_bench.reports.scores.comparisons import select, worse_than
from veracity_bench.reports.scores.fidelity_as_a_sign import BARS, fidelity_is_no_sign
from veracity_bench.reports.scores.localised import localised
from veracity_bench.reports.scores.measures import FIDELITY_OF_DRAWINGS, TOUCHED
from veracity_bench.reports.scores.paired import difference, paired
from veracity_bench.reports.scores.songs import song_ratio
from veracity_bench.reports.scores.verdicts import Evidence, above, below
from veracity_bench.reports.statistics.song_ratio import SongRatio

HALF = 0.5


@dataclass(frozen=True)
class Claim:
    """A conclusion of the paper: where it stands there, its bar in words, and the evidence for an explainer.

    ``metrics`` are what the evidence is computed from.
    """

    place: str
    title: str
    bar: str
    evidence: Callable[[Rows, str], Sequence[Evidence]]
    metrics: tuple[str, ...]


def obvious_causes(rows: Rows, explainer: str) -> list[Evidence]:
    """Whether the top 3 segments touch what was drawn, and whether the weights fit the output."""
    fidelity = FIDELITY_OF_DRAWINGS.ratio(rows[explainer])
    return [
        above("drawing found (%)", drawings_found(rows, explainer), HALF),
        above("fidelity", fidelity, HALF, share=False),
    ]


def drawings_found(rows: Rows, explainer: str) -> SongRatio:
    """Scale how many of the top 3 segments the drawing touches: 0 = as many as by chance, 1 = as many as can be."""
    both = paired(select(TOUCHED, rows, explainer), select(TOUCHED, rows, RANDOM))
    chance = both["value_other"]
    best = (chance * rows.n_segments / 3).clip(upper=1)
    return song_ratio(both, both["value"] - chance, best - chance, -1, 1, counted=True)


def few_flips(rows: Rows, explainer: str) -> list[Evidence]:
    """Whether the perturbation in the top 3 segments flips the prediction."""
    return [below("flip@3 (%)", measures.FLIP_AT_3.ratio(rows[explainer]), HALF)]


def worse_than_norm_in_positives(rows: Rows, explainer: str) -> list[Evidence]:
    """Whether the size of the perturbation chooses better among as many segments as have a positive weight."""
    both = (measures.FLIP_POSITIVE_NORM, measures.FLIP_POSITIVE)
    norm, own = (select(measure, rows, explainer) for measure in both)
    return [above("flip@positive of delta-norm - its own (points)", difference(norm, own), 0)]


def partly_found(rows: Rows, explainer: str) -> list[Evidence]:
    """Whether planted segments are found, between chance and what can be expected."""
    return [below("planted segments found, from chance to ceiling (%)", localised(rows, explainer), HALF)]


CLAIMS = (
    Claim(
        "Figure 1",
        "Obvious causes are found, with high fidelity",
        "on a scale from chance (0 %) to as many touched segments as there can be among the top 3 (100 %), the drawing "
        "is found to more than 50 %, and the fidelity is above 0.5",
        obvious_causes,
        ("touched", "drawn_fidelity"),
    ),
    Claim(
        "Table 1",
        "The 3 top segments flip only a minority of the excerpts",
        "flip@3 is below 50 % over all conditions (paper: 21 to 53 % for one of them)",
        few_flips,
        ("flip",),
    ),
    Claim(
        "Figure 2",
        "The top k segments flip fewer excerpts than the k of largest perturbation",
        "mean flip, over all k and the same excerpts, is lower than delta-norm's",
        partial(worse_than, DELTA_NORM),
        ("flip",),
    ),
    Claim(
        "Table 2",
        "The positive segments flip fewer excerpts than as many of largest perturbation",
        "flip@positive is lower than that of delta-norm's choice of as many segments of the same excerpts",
        worse_than_norm_in_positives,
        ("flip_positive", "flip_positive_norm"),
    ),
    Claim(
        "Figure 3",
        "Planted segments are found only in part",
        "on a scale from chance (0 %) to the ceiling (100 %: the planted segments that can change the prediction are "
        "found for sure; where it is not known, all of them), fewer than 50 % are found, k = 1, 3, 5 each on its own "
        "scale",
        partly_found,
        ("found", "ceiling"),
    ),
    Claim(
        "Figure 4",
        "Fidelity does not separate right from wrong explanations",
        f"the AUROC of fidelity as a sign of a right explanation, beside wrong ones of the same attack and direction, "
        f"lies between {BARS[0]} and {BARS[1]} (0.5 = no sign at all)",
        fidelity_is_no_sign,
        ("found", "fidelity"),
    ),
)
