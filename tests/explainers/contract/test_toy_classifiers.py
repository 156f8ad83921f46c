import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from veracity_bench.explainers.contract.toy_classifiers import level_classifier, level_excerpt, logic_classifier
from veracity_bench.models.games.segments import PAPER_GRID

LEVELS = hnp.arrays(np.float64, 20, elements=st.floats(-3, 3))


def logit(classifier, levels, seed=0):
    excerpt = level_excerpt(levels, np.random.default_rng(seed))
    return classifier(torch.from_numpy(excerpt[None])).item()


@given(LEVELS, st.integers(0, 9))
def test_the_segments_of_an_excerpt_have_the_levels_given_whatever_the_noise(levels, seed):
    """On a scale on which a mean log-mel of -5 is -1, and one of -2 is 1."""
    excerpt = level_excerpt(levels, np.random.default_rng(seed))
    np.testing.assert_allclose(PAPER_GRID.sums(excerpt) / (23 * 20), -3.5 + 1.5 * levels, atol=1e-5)
    assert excerpt.std() > 0.5


@given(LEVELS, LEVELS)
def test_a_level_classifier_weighs_levels(weights, levels):
    assert logit(level_classifier(weights, 0.25), levels) == pytest.approx(weights @ levels + 0.25, abs=1e-3)


@pytest.mark.parametrize(
    ("rule", "truth"),
    [("OR", [False, True, True, True]), ("AND", [False, False, False, True]), ("XOR", [False, True, True, False])],
)
def test_truth_tables(rule, truth):
    """The other segments do not count."""
    for (first, other), holds in zip([(-1, -1), (1, -1), (-1, 1), (1, 1)], truth, strict=True):
        levels = np.full(20, 3.0)
        levels[[4, 17]] = first, other
        assert logit(logic_classifier(rule, 4, 17), levels) == pytest.approx(1 if holds else -1, abs=1e-5)


def test_logic_between_true_and_false():
    """max(a, b), min(a, b), |a - b| - 1 of the levels 0.5 and -0.25."""
    levels = np.zeros(20)
    levels[[4, 17]] = 0.5, -0.25
    logits = [logit(logic_classifier(rule, 4, 17), levels) for rule in ("OR", "AND", "XOR")]
    assert logits == pytest.approx([0.5, -0.25, -0.25], abs=1e-5)
