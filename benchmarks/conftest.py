"""What several experiments ask of a case: rank segments, insert the top ones, plant the largest."""

import numpy as np
import pytest

from benchmarks.metrics import descending, flips, top_k_masks
from fixtures.references import segment_norms
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
def norm_flips(interview, detector):
    """Return case -> for k = 1 .. 20, whether the k segments of largest perturbation flip the original, (20,)."""

    def curve(case):
        logits = interview.insertion_game(case).logits(top_k_masks(largest(case)))
        return flips(logits, detector.threshold_logit, case.target)

    return curve


@pytest.fixture
def plant(norm_flips):
    """Return (case, k) -> the k segments of largest perturbation, or None where they do not flip the prediction."""
    return lambda case, k: tuple(largest(case)[:k].tolist()) if norm_flips(case)[k - 1] else None


def largest(case):
    """Rank segments by their share of the perturbation, the same for all explainers."""
    return np.argsort(-segment_norms(case), kind="stable")
