"""Which coalitions flip the prediction? Exact answers from a table of all coalitions.

Tables are (2^n,) booleans, true where a coalition flips, in the order of coalitions.py. k counts the segments
of a coalition, 1 .. n.
"""

import numpy as np
from numpy.typing import NDArray

from veracity_bench.models.games.solutions.coalitions import masks, n_segments, sizes

Flips = NDArray[np.bool_]


def smallest_sets(flips: Flips) -> NDArray[np.int64]:
    """Return all coalitions of the smallest size at which any flips, ascending; none where no coalition flips."""
    found = np.flatnonzero(flips)
    size = sizes(n_segments(flips))[found]
    smallest: NDArray[np.int64] = found[size == size.min(initial=n_segments(flips))]
    return smallest


def smallest_set(flips: Flips, margins: NDArray[np.floating]) -> NDArray[np.int64]:
    """Return the segments, ascending, of the smallest coalition that flips; of several, the one of largest margin.

    `margins` (2^n,) are how far each coalition's output lies past the threshold; of equal ones the first is taken.
    Raises ValueError where no coalition flips.
    """
    smallest = smallest_sets(flips)
    strongest = smallest[np.argmax(margins[smallest])]
    return np.flatnonzero(masks([strongest], n_segments(flips))[0])


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


def _flipping_by_size(flips: Flips) -> NDArray[np.int64]:
    n = n_segments(flips)
    counts: NDArray[np.int64] = np.bincount(sizes(n)[flips], minlength=n + 1)[1:]
    return counts
