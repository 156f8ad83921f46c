"""Does an explanation name the segments that really caused the prediction? Three questions, asked of arrays.

flip@k        Is the perturbation in the k highest-ranked segments enough to flip the prediction? (section 5.2)
localisation  How many of the k segments that were perturbed are among the k highest-ranked? (section 5.3)
fidelity      How well do the weights, as a linear model, tell the detector's output? (section 5.4)

Conventions: weights are (segments,), larger = speaks more for the class that the attack aimed at, "the target"; a
ranking holds segment indices, the highest weight first; masks are (n, segments) of 0 and 1.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def descending(weights: ArrayLike, rng: np.random.Generator) -> NDArray[np.int64]:
    """Rank segments by weight, the highest first; equal weights come in random order, so that a tie earns chance."""
    array = np.asarray(weights, dtype=np.float64)
    return np.lexsort((rng.random(len(array)), -array))


def top_k_masks(ranking: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the masks of the top 1, 2 .. n segments, (n, n)."""
    places = np.argsort(ranking)
    return (places[None, :] <= np.arange(len(ranking))[:, None]).astype(np.float64)


def flips(logits: ArrayLike, threshold: float, target: int) -> NDArray[np.bool_]:
    """Tell which outputs lie on the target's side of the threshold (a logit): strictly above it is "sing"."""
    return (np.asarray(logits) > threshold) == bool(target)


def found(planted: ArrayLike, ranking: NDArray[np.int64]) -> int:
    """Count how many of the k planted segments are among the first k of the ranking."""
    segments = np.asarray(planted)
    return int(np.isin(segments, ranking[: len(segments)]).sum())


def fidelity(masks: ArrayLike, outputs: ArrayLike, proximity: ArrayLike, weights: ArrayLike) -> float:
    """Return the weighted R^2 of b + s * (weights . mask), with the best b and the best s >= 0.

    masks (n, segments), outputs (n,) and proximity (n,), the kernel's weights, describe LIME's neighbourhood. Only the
    direction of `weights` counts, so that explainers with other units than probability are judged alike. 0 where the
    best scale is 0 or the outputs do not vary.
    """
    direction = np.asarray(weights, dtype=np.float64)
    z = np.asarray(masks, dtype=np.float64) @ (direction / (np.abs(direction).max() or 1))
    y, p = np.asarray(outputs, dtype=np.float64), np.asarray(proximity, dtype=np.float64)
    z, y = z - np.average(z, weights=p), y - np.average(y, weights=p)
    covariance, variance_z, variance_y = (np.sum(p * product) for product in (z * y, z * z, y * y))
    if covariance <= 0 or variance_z == 0 or variance_y == 0:
        return 0.0
    return float(covariance**2 / (variance_z * variance_y))
