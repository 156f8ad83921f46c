"""LIME's neighbourhood: random coalitions of segments, and how near each is to the whole excerpt.

Settings of the paper (section 4.4): every segment present with probability 1/2, the first coalition complete; cosine
distance to it; exponential kernel of width 0.25, as the square root that lime's own code takes.
"""

import numpy as np
from numpy.typing import NDArray

KERNEL_WIDTH = 0.25


def draw_masks(n: int, n_segments: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw n coalitions (n, n_segments) of 0 and 1, the first all ones."""
    masks = rng.integers(0, 2, size=(n, n_segments)).astype(np.float64)
    masks[0] = 1
    return masks


def cosine_distances(masks: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the cosine distance of each coalition to the complete one, (n,): 1 - sqrt(present / n_segments)."""
    distances: NDArray[np.float64] = 1 - np.sqrt(masks.sum(axis=1) / masks.shape[1])
    return distances


def kernel(distances: NDArray[np.float64], width: float = KERNEL_WIDTH) -> NDArray[np.float64]:
    """Return the weight of each coalition, (n,), 1 at distance 0."""
    weights: NDArray[np.float64] = np.sqrt(np.exp(-(distances**2) / width**2))
    return weights
