"""Does an explanation name the segments that really caused the prediction? Functions of arrays.

flip@k        Is the perturbation in the k highest-ranked segments enough to flip the prediction? (section 5.2)
touched       Are the highest-ranked segments among those that a drawing touches? (section 5.1)
localisation  How many of the k segments that were perturbed are among the k highest-ranked? (section 5.3)
fidelity      How well do the weights, as a linear model, predict the detector's output? (section 5.4)
correlation   How near do the weights come to others, such as the exact ones that they estimate?

Conventions: weights are (segments,), larger = speaks more for the class that the attack aimed at, "the target"; a
ranking holds segment indices, the highest weight first; masks are (n, segments) of 0 and 1.
"""

import numpy as np
import scipy  # its statistics are imported where they are used: they take half a second
from numpy.typing import ArrayLike, NDArray

from veracity_bench.models.games.solutions.moments import Moments

PLANTED = (1, 3, 5)  # how many segments are perturbed where localisation is measured


def descending(weights: ArrayLike, rng: np.random.Generator) -> NDArray[np.int64]:
    """Rank segments by weight, the highest first; equal weights come in random order, so that a tie earns chance."""
    array = np.asarray(weights, dtype=np.float64)
    return np.lexsort((rng.random(len(array)), -array))


def top_k_masks(ranking: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the masks of the top 1, 2 .. n segments, (n, n)."""
    places = np.argsort(ranking)
    return (places[None, :] <= np.arange(len(ranking))[:, None]).astype(np.float64)


def found(planted: ArrayLike, ranking: NDArray[np.int64]) -> int:
    """Count how many of the k planted segments are among the first k of the ranking."""
    segments = np.asarray(planted)
    return int(np.isin(segments, ranking[: len(segments)]).sum())


def most_perturbed(norms: ArrayLike, k: int) -> tuple[int, ...] | None:
    """Return the k segments of largest norm, the largest first; None where fewer hold any of the perturbation."""
    array = np.asarray(norms, dtype=np.float64)
    segments = np.argsort(-array, kind="stable")[:k]
    return tuple(segments.tolist()) if (array[segments] > 0).all() else None


def touched(amounts: ArrayLike) -> NDArray[np.bool_]:
    """Return which segments a drawing touches: those that hold at least 1 % of what it adds, `amounts` (segments,)."""
    array = np.asarray(amounts, dtype=np.float64)
    return np.asarray(array >= array.sum() / 100)


def correlation(weights: ArrayLike, others: ArrayLike) -> float:
    """Return Pearson's correlation of two weightings of the segments, -1 .. 1; 0 where one of them does not vary."""
    arrays = [np.asarray(w, dtype=np.float64) for w in (weights, others)]
    centred = [array - array.mean() for array in arrays]
    norms = np.prod([np.linalg.norm(w) for w in centred])
    return float(np.clip(centred[0] @ centred[1] / norms, -1, 1)) if norms > 0 else 0.0


def common(one: NDArray[np.int64], other: NDArray[np.int64], k: int) -> float:
    """Return the share of the first k segments that two rankings have in common, 0 .. 1."""
    return len(np.intersect1d(one[:k], other[:k])) / k


def distance(weights: ArrayLike, exact: ArrayLike) -> float:
    """Return how far weights lie from the exact ones, |weights - exact| / |exact|; just the first where exact is 0."""
    return float(np.linalg.norm(np.subtract(weights, exact)) / (np.linalg.norm(exact) or 1))


def scaled_distance(weights: ArrayLike, exact: ArrayLike) -> float:
    """Return |s weights - exact| / |exact| with the best s >= 0, 0 .. 1: the unit of the weights does not count.

    It is the sine of the angle between the two, or 1 where that is 90 degrees or more. 0 where exact is 0.
    """
    unscaled = np.asarray(weights, dtype=np.float64)
    unscaled = unscaled / (np.abs(unscaled).max() or 1)
    slope = max(float(unscaled @ np.asarray(exact)), 0.0)
    return distance(unscaled * slope / (unscaled @ unscaled or 1), exact)


def rank_correlation(weights: ArrayLike, others: ArrayLike) -> float:
    """Return Spearman's correlation of two weightings of the segments, -1 .. 1; 0 where one of them does not vary."""
    return correlation(*(scipy.stats.rankdata(values) for values in (weights, others)))


def fidelity(moments: Moments, weights: ArrayLike) -> float:
    """Return the weighted R^2 of b + s * (weights . mask), with the best b and the best s >= 0, on a neighbourhood.

    The scale of `weights` does not count, so that explainers with other units than probability are judged alike. 0
    where the best scale is 0 or the outputs do not vary.
    """
    unscaled = np.asarray(weights, dtype=np.float64)
    unscaled = unscaled / (np.abs(unscaled).max() or 1)
    slope, square = unscaled @ moments.both, unscaled @ moments.masks @ unscaled
    return moments.score(unscaled * slope / square) if slope > 0 and square > 0 else 0.0
