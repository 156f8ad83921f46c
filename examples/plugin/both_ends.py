"""Both ends: what a segment adds to nothing, and what it takes from everything."""

import numpy as np


def both_ends(instance, rng):
    """Mean of the effect of adding a segment to none and of removing it from all."""
    n = instance.n_segments
    nothing, everything, each = np.zeros((1, n)), np.ones((1, n)), np.eye(n)
    probabilities = instance.predict(np.vstack([nothing, everything, each, 1 - each]))
    without_all, with_all, alone, missing = np.split(probabilities, [1, 2, 2 + n])
    return (alone - without_all + with_all - missing) / 2
