"""What several experiments ask of a case: rank segments, insert the top ones, plant the largest."""

import numpy as np
import pytest

from benchmarks.metrics import descending, flips, top_k_masks
from fixtures.references import delta_norm
from fixtures.seeds import generator


@pytest.fixture
def rank(explainer, settings):
    """Return what ranks weights: (case, weights) -> segment indices, the highest weight first."""
    return lambda case, weights: descending(weights, generator(settings.seed, "ties", explainer, case.name))


@pytest.fixture
def flip_curve(rank, interview, detector):
    """Return (case, weights) -> for k = 1 .. 20, whether the k top segments' perturbation flips the original, (20,)."""

    def curve(case, weights):
        logits = interview.insertion_game(case).logits(top_k_masks(rank(case, weights)))
        return flips(logits, detector.threshold_logit, case.target)

    return curve


@pytest.fixture
def plant(rank, flip_curve):
    """Return (case, k) -> the k segments of largest perturbation, or None where they do not flip the prediction."""

    def planted(case, k):
        norm = delta_norm(case, np.random.default_rng(0))
        return tuple(rank(case, norm)[:k].tolist()) if flip_curve(case, norm)[k - 1] else None

    return planted
