"""Which coalitions flip the prediction? Exact answers from a table that says of every coalition whether it flips.

Tables are (2^n,) booleans in the order of models/coalitions.py. k counts the segments of a coalition, 1 .. n.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.coalitions import n_segments, sizes, subsets

Flips = NDArray[np.bool_]


def smallest_sets(flips: Flips) -> NDArray[np.int64]:
    """Return all coalitions of the smallest size at which any flips, ascending; none where no coalition flips."""
    found = np.flatnonzero(flips)
    size = sizes(n_segments(flips))[found]
    smallest: NDArray[np.int64] = found[size == size.min(initial=n_segments(flips))]
    return smallest


def best_by_size(flips: Flips) -> Flips:
    """Return for each k whether any k segments flip, (n,): flip@k of an oracle."""
    return _flipping_by_size(flips) > 0


def chance_by_size(flips: Flips) -> NDArray[np.float64]:
    """Return for each k the probability that k segments drawn at random flip, (n,): flip@k of a random ranking."""
    return np.asarray(_flipping_by_size(flips) / np.bincount(sizes(n_segments(flips)))[1:])


def non_monotone_share(flips: Flips) -> float:
    """Return how many of all steps that add a segment to a flipping coalition end in one that does not flip, 0 .. 1.

    0 where no coalition flips that a segment could be added to.
    """
    steps = [flips.reshape(-1, 2, 2**segment) for segment in range(n_segments(flips))]
    starts = sum(int(step[:, 0].sum()) for step in steps)
    lost = sum(int((step[:, 0] & ~step[:, 1]).sum()) for step in steps)
    return lost / starts if starts else 0.0


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
    """Return how many of k planted segments an explainer finds on average that tells only `n_seen` of them from others.

    It ranks these first, and the n - n_seen other segments by chance.
    """
    rest = k - n_seen
    return n_seen + rest * rest / (n - n_seen) if rest else k


def _flipping_by_size(flips: Flips) -> NDArray[np.int64]:
    n = n_segments(flips)
    counts: NDArray[np.int64] = np.bincount(sizes(n)[flips], minlength=n + 1)[1:]
    return counts
