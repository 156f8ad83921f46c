"""How much of what changed a prediction does one explanation name?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from veracity_bench.api.exact import ExactGame
from veracity_bench.benchmarks.metrics import descending, top_k_masks
from veracity_bench.models.direction import Direction
from veracity_bench.models.games.solutions.coalitions import numbers

__all__ = ["Direction", "Score", "score"]


@dataclass(frozen=True, eq=False)
class Score:
    """The flips of one explanation, for k = 1 .. n segments, between those of chance and of the oracle, all (n,)."""

    flip: NDArray[np.bool_]
    oracle: NDArray[np.bool_]
    chance: NDArray[np.float64]

    @property
    def mean_flip(self) -> float:
        """Return the mean over k, 0 .. 1."""
        return float(self.flip.mean())

    @property
    def normalised(self) -> float:
        """Return the mean flip on a scale from chance (0) to the oracle (1); NaN where chance is as good."""
        room = float((self.oracle - self.chance).sum())
        return float((self.flip - self.chance).sum()) / room if room > 0 else float("nan")


def score(
    weights: ArrayLike, insertion: ExactGame, direction: Direction, *, threshold: float = 0.5, seed: int = 0
) -> Score:
    """Score weights (n,) for the target class of `direction` against the insertion game of a case.

    For each k, does the perturbation in the k segments of largest weight flip the prediction? Equal weights are ranked
    at random, by `seed`. Weights for "sing" are to be multiplied by `direction.sign`.
    """
    ranking = descending(weights, np.random.default_rng(seed))
    flips = insertion.flips(direction, threshold)
    return Score(
        flips[numbers(top_k_masks(ranking))],
        insertion.oracle(direction, threshold),
        insertion.chance(direction, threshold),
    )
