"""Detectors whose explanation follows by hand, excerpts for them, and what theory demands of exact methods.

All is about the levels of the 20 segments: -1 quiet, 1 loud, 0 half-way. A pair of excerpts is made of noise that has
given levels; every bin is perturbed, but only what changes a level is a cause. Scores are normalised flips: of the sum
over k of flip@k, chance gets 0 and the oracle 1. Sums over k = 1 .. 20, for a pair that flips once

- one given segment is inserted: oracle 20, chance 10.5. That segment at place p gets 21 - p: at the second
  (19 - 10.5) / 9.5 = 17/19, at the last (1 - 10.5) / 9.5 = -1;
- either of two is: oracle 20, chance 20 - (20 * 19 + 19 * 18 + .. + 1 * 0) / 380 = 14. Both last: (2 - 14) / 6 = -2;
- both of two are: oracle 19, chance (1 * 0 + 2 * 1 + .. + 20 * 19) / 380 = 7. Both last: (1 - 7) / 12 = -1/2;
- segments are that hold more than half of what changes: a ranking turned round flips at k where it did not at 20 - k.
  So the best ranking turned round gets -1.

The contrastive question: what changed the decision? The baseline is the original, so both games are one, and an exact
method ranks the causes first: 1. The question of the paper: what makes the score high against the mean? Then the mean
of the excerpt decides, see `PAIRS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from torch import nn

from veracity_bench.explainers.contract.toy_classifiers import level_classifier, level_excerpt, logic_classifier
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.explanations.baselines import BaselineValue, mean_baseline
from veracity_bench.models.direction import TO_NOSING, TO_SING, Direction

N = 20
ONE, OTHER = 9, 14  # the segments that count; the first is the cause where only one is
MASKING = ("shapley-masking", "exact-lime")
EXACT = ("shapley-insertion", *MASKING)
# They are exact where the detector is linear: they rank the segments by what each adds to the logit.
LINEAR = ("feature-ablation", "integrated-gradients")

# What each of 20 segments has of the change: no set of them has just half of it, for the sum is odd.
UNEQUAL = np.array([*range(1, 20), 21])
CHANGES = 2 * N * UNEQUAL / UNEQUAL.sum()

IGNORING = "ignores its input"
DETECTORS: dict[str, nn.Module] = {
    "one segment": level_classifier(np.arange(N) == ONE),
    "all segments": level_classifier(np.full(N, 1 / N)),
    "OR of two": logic_classifier("OR", ONE, OTHER),
    "AND of two": logic_classifier("AND", ONE, OTHER),
    "XOR of two": logic_classifier("XOR", ONE, OTHER),
    IGNORING: level_classifier(np.zeros(N), bias=-1),
}
LINEAR_DETECTORS = ("one segment", "all segments", IGNORING)


@dataclass(frozen=True, eq=False)
class Question:
    """A baseline, and by method the normalised flip that theory demands."""

    name: str
    baseline_value: BaselineValue
    demanded: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Pair:
    """The levels (20,) of an original and of its adversarial version.

    `baseline` is where the mean of the adversarial one lies, `demanded` what methods that mask with it must get.
    """

    detector: str
    direction: Direction
    baseline: str
    original: NDArray[np.float64]
    adversarial: NDArray[np.float64]
    demanded: Mapping[str, float]

    @property
    def methods(self) -> tuple[str, ...]:
        """Return the methods that are exact for such a detector."""
        return (*EXACT, *LINEAR) if self.detector in LINEAR_DETECTORS else EXACT

    def case(self, rng: np.random.Generator) -> Case:
        """Return the pair as a case, with noise of its own in each excerpt."""
        original, adversarial = (level_excerpt(levels, rng) for levels in (self.original, self.adversarial))
        return Case("", self.direction, f"{self.detector}, {self.baseline}", 0, 0, original, adversarial)

    def questions(self, case: Case) -> tuple["Question", ...]:
        """Return both questions about this pair as a case."""
        causes = 0.0 if self.detector == IGNORING else 1.0
        best = dict.fromkeys(self.methods, causes)
        return (
            Question("contrastive", lambda excerpt: case.original, best),
            Question(f"mean, {self.baseline}", mean_baseline, {**best, **self.demanded}),
        )


def _levels(one: float, other: float, elsewhere: float) -> NDArray[np.float64]:
    levels = np.full(N, elsewhere)
    levels[[ONE, OTHER]] = one, other
    return levels


def _both_ways(
    detector: str, baseline: str, original: ArrayLike, adversarial: ArrayLike, to_sing: float, to_nosing: float
) -> list[Pair]:
    """Return a pair to "sing", and the same with every level negated, which goes to "no sing"."""
    ends = np.asarray(original, dtype=np.float64), np.asarray(adversarial, dtype=np.float64)
    scores = [dict.fromkeys((*MASKING, *LINEAR), score) for score in (to_sing, to_nosing)]
    return [
        Pair(detector, TO_SING, baseline, *ends, scores[0]),
        Pair(detector, TO_NOSING, baseline, -ends[0], -ends[1], scores[1]),
    ]


SHORT, BEYOND = "on the original's side", "beyond the excerpt"
# The 18 or 19 segments that do not count set the mean: -1.85 or so, short of the threshold, or 2.8 and more.
QUIET_REST, LOUD_REST = -2.0, 3.0


def _monotone() -> list[Pair]:
    """Return the pairs of detectors of few segments: against a mean on the original's side, and one beyond the excerpt.

    Beyond, masking what counts would move the score further towards the target: it speaks against, and is ranked last.
    What flips an OR to "sing" is either segment; to "no sing", it takes both. An AND is the other way round.
    """
    pairs = []
    for rest, baseline, last in ((QUIET_REST, SHORT, False), (LOUD_REST, BEYOND, True)):
        single = _levels(-1, rest, rest), _levels(1, rest, rest)
        double = _levels(-1, -1, rest), _levels(1, 1, rest)
        for detector, ends, to_sing, to_nosing in (
            ("one segment", single, -1, -1),
            ("OR of two", double, -2, -1 / 2),
            ("AND of two", double, -1 / 2, -2),
        ):
            pairs += _both_ways(detector, baseline, *ends, *((to_sing, to_nosing) if last else (1, 1)))
    return pairs


def _all_segments() -> list[Pair]:
    """Return two pairs whose mean has the logit of the excerpt itself; segments are ranked by how loud they are.

    To "sing", what is louder has changed more in the first pair, from quiet, and less in the second.
    """
    falling = 3 - CHANGES
    return [
        *_both_ways("all segments", "what stands out changed most", np.full(N, -1.0), CHANGES - 1, 1, 1),
        *_both_ways("all segments", "what stands out changed least", falling - CHANGES, falling, -1, -1),
    ]


def _exclusive() -> list[Pair]:
    """Return pairs of the XOR: the first segment alone becomes loud, or quiet again. The mean is never "sing".

    To "sing", against a mean below both segments, the loud one is first. Against one above both it is second: the quiet
    one differs more from the mean. To "no sing", both segments are quiet: what one adds without the other it takes away
    with it, so its Shapley value is 0 and all is chance. LIME weighs the larger coalitions more, where one masked
    segment makes the score that of "sing": it ranks both first, in either order, (1 + 17/19) / 2.
    """
    pairs = []
    for rest, baseline, to_sing in ((QUIET_REST, "below both", 1), (LOUD_REST, "above both", 17 / 19)):
        quiet, loud = _levels(-1, -1, rest), _levels(1, -1, rest)
        symmetric = {"shapley-masking": 0.0, "exact-lime": 18 / 19}
        pairs.append(Pair("XOR of two", TO_SING, baseline, quiet, loud, dict.fromkeys(MASKING, to_sing)))
        pairs.append(Pair("XOR of two", TO_NOSING, baseline, loud, quiet, symmetric))
    return pairs


PAIRS = (
    *_monotone(),
    *_all_segments(),
    *_exclusive(),
    *_both_ways(IGNORING, "anywhere", np.full(N, -1.0), np.full(N, 1.0), 0, 0),
)
