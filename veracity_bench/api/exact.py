"""The exact values of a segment game: all coalitions, and what follows from them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit
from torch import nn

from veracity_bench.models.direction import Direction
from veracity_bench.models.games.segment_game import SegmentGame
from veracity_bench.models.games.segmentations import SEGMENTATIONS
from veracity_bench.models.games.solutions import coalitions
from veracity_bench.models.games.solutions.flipping import best_by_size, chance_by_size, smallest_sets
from veracity_bench.models.games.solutions.shapley import banzhaf, interactions, shapley

__all__ = ["ExactGame", "exact_game"]

Output = Literal["probability", "logit"]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ExactGame:
    """The logits of "sing" of all coalitions of n segments, (2^n,): bit s of the index = segment s is present.

    On the default grid of 5 x 4, segment = 4 * time + frequency, and frequency 0 is lowest.
    """

    logits: NDArray[np.float32]

    @property
    def n_segments(self) -> int:
        """The number of segments."""
        return coalitions.n_segments(self.logits)

    def values(self, output: Output = "probability") -> Floats:
        """Return the probabilities of "sing", or the logits, of all coalitions, (2^n,)."""
        values = self.logits.astype(np.float64)
        return expit(values) if output == "probability" else values

    def shapley(self, output: Output = "probability") -> Floats:
        """Return the Shapley values (n,); they add up to the complete coalition's value minus the empty one's."""
        return shapley(self.values(output))

    def banzhaf(self, output: Output = "probability") -> Floats:
        """Return the Banzhaf values (n,)."""
        return banzhaf(self.values(output))

    def interactions(self, output: Output = "probability") -> Floats:
        """Return the Shapley interaction index of all pairs, (n, n); positive where two segments need each other."""
        return interactions(self.values(output))

    def flips(self, direction: Direction, threshold: float = 0.5) -> NDArray[np.bool_]:
        """Return which coalitions lie on the target's side of `threshold`, a probability, (2^n,)."""
        return direction.flips(self.logits, float(logit(threshold)))

    def smallest_flipping_sets(self, direction: Direction, threshold: float = 0.5) -> list[tuple[int, ...]]:
        """Return all sets of segments of the smallest size at which any flips, each ascending; none where none does."""
        found = coalitions.masks(smallest_sets(self.flips(direction, threshold)), self.n_segments)
        return [tuple(np.flatnonzero(mask).tolist()) for mask in found]

    def oracle(self, direction: Direction, threshold: float = 0.5) -> NDArray[np.bool_]:
        """Return for k = 1 .. n whether any k segments flip, (n,)."""
        return best_by_size(self.flips(direction, threshold))

    def chance(self, direction: Direction, threshold: float = 0.5) -> Floats:
        """Return for k = 1 .. n the probability that k segments drawn at random flip, (n,)."""
        return chance_by_size(self.flips(direction, threshold))


def exact_game(detector: nn.Module, off: ArrayLike, on: ArrayLike, segments: str = "grid") -> ExactGame:
    """Evaluate all coalitions of the segments of `on`: a present segment is that of `on`, an absent one that of `off`.

    Both are log-mel excerpts (115, 80). With `off` a baseline and `on` an excerpt this is the masking game that LIME
    and SHAP query, with `off` an original and `on` its adversarial version the insertion game that flip@k scores.
    `segments` is one of "grid", "time", "frequency", "components". A convolutional network of plain layers takes about
    a second; any other a forward pass per coalition. Raises ValueError for more than 20 segments.
    """
    excerpt = np.asarray(on, dtype=np.float32)
    game = SegmentGame(detector, SEGMENTATIONS[segments].cut(excerpt), off, excerpt)
    return ExactGame(np.asarray(game.table(), dtype=np.float32))
