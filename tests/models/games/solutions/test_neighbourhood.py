import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import pairwise_distances

from veracity_bench.models.games.solutions.neighbourhood import cosine_distances, draw_masks, kernel


def test_the_first_coalition_is_complete_and_the_others_are_coins():
    masks = draw_masks(8192, 20, np.random.default_rng(0))
    assert masks.shape == (8192, 20)
    assert set(np.unique(masks)) == {0, 1}
    assert masks[0].tolist() == [1] * 20
    np.testing.assert_allclose(masks[1:].mean(axis=0), 0.5, atol=5 * 0.5 / 8191**0.5)
    assert abs(np.corrcoef(masks[1:].T) - np.eye(20)).max() < 5 / 8191**0.5


def test_distances_and_weights_by_hand():
    """With 5 of 20 present the distance is 1 - sqrt(1/4) = 1/2, the weight exp(-(1/2)^2 / 0.25^2 / 2) = exp(-2)."""
    masks = np.array([[1.0] * 20, [1.0] * 5 + [0.0] * 15, [0.0] * 20])
    assert cosine_distances(masks) == pytest.approx([0, 0.5, 1])
    assert kernel(cosine_distances(masks)) == pytest.approx([1, np.exp(-2), np.exp(-8)])


def test_distances_are_those_of_limes_own_code():
    """lime takes scikit-learn's cosine distance to the first row; of an empty coalition both say 1."""
    masks = draw_masks(100, 20, np.random.default_rng(1))
    masks[1] = 0
    expected = pairwise_distances(masks, masks[:1], metric="cosine").ravel()
    np.testing.assert_allclose(cosine_distances(masks), expected, atol=1e-12)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.05, 1))
def test_the_nearer_weighs_more(one, other, width):
    near, far = sorted((one, other))
    weights = kernel(np.array([0, near, far]), width)
    assert weights[0] == 1
    assert weights[1] >= weights[2] >= 0
