"""What is each segment worth? Exact semivalues of a game, from the table of all its values.

A semivalue is the mean of what a segment adds to coalitions of the others; semivalues differ in how likely they find a
coalition, given its size. Tables are (2^n,) in the order of coalitions.py, values are in the table's unit.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import comb

from veracity_bench.models.games.solutions.coalitions import n_segments, sizes, sums_with, sums_with_pairs

Floats = NDArray[np.float64]


def shapley(values: ArrayLike) -> Floats:
    """Return the Shapley values (n,): all sizes are equally likely, and all coalitions of a size.

    They add up to the value of the complete coalition minus that of the empty one (Shapley 1953).
    """
    table = np.asarray(values, dtype=np.float64)
    n = n_segments(table)
    return _semivalue(table, _uniform_over_sizes(n, n - 1))


def banzhaf(values: ArrayLike) -> Floats:
    """Return the Banzhaf values (n,): all coalitions are equally likely (Banzhaf 1965)."""
    table = np.asarray(values, dtype=np.float64)
    n = n_segments(table)
    return _semivalue(table, np.full(n, 0.5 ** (n - 1)))


def interactions(values: ArrayLike) -> Floats:
    """Return the Shapley interaction index of all pairs, (n, n), 0 on the diagonal; positive where two need each other.

    For i and j it is the mean of v(S + i + j) - v(S + i) - v(S + j) + v(S) (Grabisch and Roubens 1999, order 2).
    """
    table = np.asarray(values, dtype=np.float64)
    n = n_segments(table)
    both, one, none = (_weighted(table, _uniform_over_sizes(n, n - 2), absent) for absent in (2, 1, 0))
    single = sums_with(one + none)
    index: Floats = sums_with_pairs(both + 2 * one + none) - (single[:, None] + single) + none.sum()
    np.fill_diagonal(index, 0)
    return index


def _uniform_over_sizes(n: int, others: int) -> Floats:
    """Return how likely a coalition of 0 .. `others` segments is where all sizes are."""
    likely: Floats = 1 / ((others + 1) * comb(others, np.arange(others + 1)))
    return likely


def _semivalue(table: Floats, likely: Floats) -> Floats:
    """Return the mean of v(S + i) - v(S) where a coalition S of s segments without i has likelihood likely[s]."""
    with_it, without = _weighted(table, likely, 1), _weighted(table, likely, 0)
    mean: Floats = sums_with(with_it + without) - without.sum()
    return mean


def _weighted(table: Floats, likely: Floats, more: int) -> Floats:
    """Weigh a coalition as likely as the one without `more` of its segments; 0 where that would be none."""
    by_size = np.zeros(n_segments(table) + 1)
    by_size[more : more + len(likely)] = likely
    weighted: Floats = by_size[sizes(n_segments(table))] * table
    return weighted
