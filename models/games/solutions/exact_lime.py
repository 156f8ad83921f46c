"""What LIME estimates: its regression over all coalitions instead of a sample of them."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from veracity_bench.models.games.solutions.coalitions import n_segments
from veracity_bench.models.games.solutions.moments import Moments, table_moments
from veracity_bench.models.games.solutions.neighbourhood import kernel


def lime_moments(values: ArrayLike) -> Moments:
    """Return the moments of LIME's neighbourhood, complete: values (2^n,) of all coalitions, weighed by its kernel."""
    n = n_segments(np.asarray(values))
    return table_moments(values, kernel(1 - np.sqrt(np.arange(n + 1) / n)))


def exact_lime(values: ArrayLike) -> tuple[NDArray[np.float64], float]:
    """Return LIME's weights (n,) over all 2^n coalitions, and their fidelity, a weighted R^2.

    `values` are the probabilities (2^n,) of the masking game. The ridge penalty is lime's, 1, of which 2^n coalitions
    feel less than a sample does.
    """
    moments = lime_moments(values)
    weights = moments.ridge()
    return weights, moments.score(weights)
