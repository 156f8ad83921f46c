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
def insert(interview, detector):
    """Return (case, ranking) -> for k = 1 .. 20, whether the perturbation in the first k segments flips, (20,)."""

    def flipped(case, ranking):
        logits = interview.insertion_game(case).logits(top_k_masks(ranking))
        return flips(logits, detector.threshold_logit, case.target)

    return flipped


@pytest.fixture
def flip_curve(insert, rank):
    """Return (case, weights) -> whether the k segments of largest weight flip the prediction, (20,)."""
    return lambda case, weights: insert(case, rank(case, weights))


@pytest.fixture
def norm_flips(insert):
    """Return case -> whether the k segments of largest perturbation flip the prediction, (20,)."""
    return lambda case: insert(case, largest(case))


@pytest.fixture
def plant(norm_flips):
    """Return (case, k) -> the k segments of largest perturbation, or None where they do not flip the prediction."""
    return lambda case, k: tuple(largest(case)[:k].tolist()) if norm_flips(case)[k - 1] else None


def largest(case):
    """Rank segments by their share of the perturbation, the same for all explainers."""
    return np.argsort(-segment_norms(case), kind="stable")
