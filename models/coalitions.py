"""Coalitions of n segments as the numbers 0 .. 2^n - 1: segment s is present in those whose bit s is 1.

A value table holds one number per coalition, (2^n,); reshaped to (2,) * n, its axis n - 1 - s is segment s.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def masks(coalitions: ArrayLike, n: int) -> NDArray[np.int64]:
    """Return the masks (m, n) of 0 and 1 of coalitions (m,)."""
    return (np.asarray(coalitions)[:, None] >> np.arange(n)) & 1


def numbers(masks: ArrayLike) -> NDArray[np.int64]:
    """Return the coalitions (m,) of masks (m, n) of 0 and 1."""
    array = np.asarray(masks).astype(np.int64)
    return array @ (1 << np.arange(array.shape[1]))


def sizes(n: int) -> NDArray[np.int64]:
    """Return how many segments each of the 2^n coalitions holds."""
    count = np.zeros(1, dtype=np.int64)
    for _ in range(n):
        count = np.concatenate([count, count + 1])
    return count


def n_segments(table: NDArray[np.generic]) -> int:
    """Return the number of segments of a value table; raise ValueError for a length that is no power of two."""
    n = len(table).bit_length() - 1
    if table.shape != (2**n,):
        raise ValueError(f"a value table has one number per coalition, 2^n, not shape {table.shape}")
    return n
