"""Weighted moments of a neighbourhood: all that a linear model of a game is judged and fitted by.

A neighbourhood is a set of coalitions, the game's outputs on them, and a weight for each, its proximity to the complete
coalition. The best linear model and its weighted R^2 depend on a few sums over it, which can be taken over a sample, as
LIME does, or over all 2^n coalitions.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import comb

from veracity_bench.models.games.solutions.coalitions import n_segments, sizes, sums_with

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Moments:
    """Sums over a neighbourhood, of masks and outputs less their weighted means.

    total       weight of all coalitions
    masks       weighted mean of mask x mask, (n, n): the masks' covariance
    both        weighted mean of mask x output, (n,)
    outputs     weighted mean of output^2: the outputs' variance
    """

    total: float
    masks: Floats
    both: Floats
    outputs: float

    def ridge(self, alpha: float = 1.0) -> Floats:
        """Return the weights (n,) of the ridge regression with a free intercept: least squares + alpha |weights|^2."""
        penalty = alpha / self.total * np.eye(len(self.both))
        return np.asarray(np.linalg.solve(self.masks + penalty, self.both))

    def score(self, weights: ArrayLike) -> float:
        """Return the weighted R^2 of a linear model with these weights and the best intercept, at most 1."""
        w = np.asarray(weights, dtype=np.float64)
        return float((2 * w @ self.both - w @ self.masks @ w) / self.outputs) if self.outputs > 0 else 0.0


def sample_moments(masks: ArrayLike, outputs: ArrayLike, proximity: ArrayLike) -> Moments:
    """Return the moments of a sample: masks (m, n), outputs (m,), proximity (m,)."""
    z, y, p = (np.asarray(x, dtype=np.float64) for x in (masks, outputs, proximity))
    z, y = z - np.average(z, axis=0, weights=p), _centred(y, p)
    total = p.sum()
    return Moments(float(total), (z.T * p) @ z / total, (y * p) @ z / total, float((y * p) @ y / total))


def table_moments(values: ArrayLike, proximity: ArrayLike) -> Moments:
    """Return the moments of all coalitions: values (2^n,), and their proximity by size, (n + 1,)."""
    y, p = np.asarray(values, dtype=np.float64), np.asarray(proximity, dtype=np.float64)
    n = n_segments(y)
    of_each = p[sizes(n)]
    total = of_each.sum()
    y = _centred(y, of_each)
    weighted = of_each * y
    # A sum, not a product of vectors: BLAS would add up in an order that depends on the number of threads.
    variance = float((weighted * y).sum() / total)
    return Moments(float(total), _mask_covariance(p, n), sums_with(weighted) / total, variance)


def _centred(outputs: Floats, weights: Floats) -> Floats:
    """Return outputs less their weighted mean; exactly 0 where they do not vary, whatever rounding does to a mean."""
    varying = outputs - outputs[0]
    return np.asarray(varying - np.average(varying, weights=weights))


def _mask_covariance(proximity: Floats, n: int) -> Floats:
    """Return the covariance of the masks: the weight depends on the size only, so sizes need to be summed over only."""
    size = np.arange(n + 1)
    total, one, two = (proximity @ comb(n - i, size - i) for i in range(3))
    mean = one / total
    covariance = np.full((n, n), two / total - mean**2)
    np.fill_diagonal(covariance, mean - mean**2)
    return covariance
