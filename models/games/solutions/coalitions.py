"""Coalitions of n segments as the numbers 0 .. 2^n - 1: segment s is present in those whose bit s is 1.

A value table holds one number per coalition, (2^n,). Sums over all coalitions that hold a segment are taken by folding
the table in halves, segment by segment: for all segments together that costs two passes over the table.
"""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray


def masks(coalitions: ArrayLike, n: int) -> NDArray[np.int64]:
    """Return the masks (m, n) of 0 and 1 of coalitions (m,)."""
    return (np.asarray(coalitions)[:, None] >> np.arange(n)) & 1


def numbers(masks: ArrayLike) -> NDArray[np.int64]:
    """Return the coalitions (...) of masks (..., n) of 0 and 1."""
    array = np.asarray(masks).astype(np.int64)
    return array @ (1 << np.arange(array.shape[-1]))


def subsets(segments: ArrayLike) -> NDArray[np.int64]:
    """Return the 2^k coalitions of k segments: bit j of the index = segments[j] is present."""
    coalitions = np.zeros(1, dtype=np.int64)
    for segment in np.asarray(segments):
        coalitions = np.concatenate([coalitions, coalitions + (1 << segment)])
    return coalitions


@cache
def sizes(n: int) -> NDArray[np.int64]:
    """Return how many segments each of the 2^n coalitions holds."""
    count = np.zeros(1, dtype=np.int64)
    for _ in range(n):
        count = np.concatenate([count, count + 1])
    count.flags.writeable = False  # every caller gets the same
    return count


def n_segments(table: NDArray[np.generic]) -> int:
    """Return the number of segments of a value table; raise ValueError for a shape that is not (2^n,)."""
    n = len(table).bit_length() - 1
    if table.shape != (2**n,):
        raise ValueError(f"a value table has one number per coalition, (2^n,), not shape {table.shape}")
    return n


def sums_with(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each segment the sum of the table over all coalitions that hold it, (n,)."""
    sums = np.empty(n_segments(table))
    for segment in reversed(range(len(sums))):
        without, present = np.split(table, 2)
        sums[segment] = present.sum()
        table = without + present
    return sums


def sums_with_pairs(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sums over all coalitions that hold both of two segments, (n, n); on the diagonal, those of one."""
    n = n_segments(table)
    sums = np.empty((n, n))
    for segment in reversed(range(n)):
        without, present = np.split(table, 2)
        sums[segment, :segment] = sums[:segment, segment] = sums_with(present)
        sums[segment, segment] = present.sum()
        table = without + present
    return sums
