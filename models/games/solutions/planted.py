"""Which of the planted segments matter, and how many can an explainer find that sees no more than that?

k segments are planted that flip together. Tables are (2^n,) booleans in the order of coalitions.py, as in
flipping.py.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from veracity_bench.models.games.solutions.coalitions import n_segments, subsets

Flips = NDArray[np.bool_]


def needed(flips: Flips, segments: ArrayLike) -> Flips:
    """Return for each of k segments that flip together whether the others no longer do, (k,)."""
    alone = 1 << np.asarray(segments, dtype=np.int64)
    without: Flips = flips[alone.sum() - alone]
    return ~without


def pivotal(flips: Flips, segments: ArrayLike) -> Flips:
    """Return for each of k segments whether it turns some coalition of the others into one that flips, (k,).

    The needed ones are pivotal; so are those that can stand in for each other.
    """
    among = flips[subsets(segments)]
    steps = [among.reshape(-1, 2, 2**place) for place in range(n_segments(among))]
    return np.array([(~step[:, 0] & step[:, 1]).any() for step in steps])


def found_at_best(n_seen: int, k: int, n: int) -> float:
    """Return how many of k planted segments are found on average by an explainer that sees only `n_seen` of them.

    It ranks these first, and the n - n_seen other segments by chance.
    """
    rest = k - n_seen
    return n_seen + rest * rest / (n - n_seen) if rest else k
