from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.stats import spearmanr

from veracity_bench.benchmarks.metrics import (
    common,
    correlation,
    descending,
    distance,
    fidelity,
    found,
    most_perturbed,
    rank_correlation,
    scaled_distance,
    top_k_masks,
    touched,
)
from veracity_bench.explainers.lime import Lime
from veracity_bench.models.games.solutions.moments import sample_moments
from veracity_bench.models.games.solutions.neighbourhood import cosine_distances, draw_masks, kernel

WEIGHTS = hnp.arrays(np.float64, st.integers(1, 20), elements=st.floats(-10, 10))


def rng(seed=0):
    return np.random.default_rng(seed)


def test_the_highest_weight_comes_first():
    assert descending([0.1, -3, 2, 0.5], rng()).tolist() == [2, 3, 0, 1]


@given(WEIGHTS, st.integers(0, 2**31))
def test_a_ranking_is_a_descending_permutation(weights, seed):
    ranking = descending(weights, rng(seed))
    assert sorted(ranking) == list(range(len(weights)))
    assert (np.diff(weights[ranking]) <= 0).all()


def test_equal_weights_come_in_every_order():
    """Two ties of three: each of the 6 x 6 orders comes up 1 / 36 of the time, and no other."""
    drawn = [tuple(descending([1, 0, 1, 0, 1, 0], rng(seed))) for seed in range(3600)]
    orders = {(*high, *low) for high in permutations((0, 2, 4)) for low in permutations((1, 3, 5))}
    counts = [drawn.count(order) for order in orders]
    assert sum(counts) == 3600
    assert 50 < min(counts) <= max(counts) < 160


def test_masks_hold_the_top_segments():
    assert top_k_masks(np.array([2, 0, 1])).tolist() == [[0, 0, 1], [1, 0, 1], [1, 1, 1]]


@given(st.permutations(range(20)))
def test_every_mask_adds_the_next_segment(ranking):
    masks = np.vstack([np.zeros(20), top_k_masks(np.array(ranking))])
    assert np.argmax(np.diff(masks, axis=0), axis=1).tolist() == ranking
    assert masks.sum(axis=1).tolist() == list(range(21))


def test_a_drawing_touches_what_holds_a_hundredth_of_it():
    assert touched([98, 1, 0.9, 0.1]).tolist() == [True, True, False, False]
    assert touched([0, 3, 0, 0]).tolist() == [False, True, False, False]


def test_segments_are_planted_only_where_each_is_perturbed():
    """A perturbation that sits in segments 3 and 1 alone: there are no 3 perturbed segments."""
    norms = [0, 2, 0, 5, 0]
    assert [most_perturbed(norms, k) for k in (1, 2, 3, 5)] == [(3,), (3, 1), None, None]


@given(hnp.arrays(np.float64, 8, elements=st.floats(0, 1)), st.integers(1, 8))
def test_delta_norm_finds_whatever_is_planted(norms, k):
    planted = most_perturbed(norms, k)
    assert (planted is None) == (np.count_nonzero(norms) < k)
    if planted:
        assert min(norms[list(planted)]) >= max(np.delete(norms, planted), default=0)
        assert found(planted, descending(norms, rng())) == k or len(set(norms)) < 8, "only equal norms are drawn"


@pytest.mark.parametrize(
    ("ranking", "hits"), [([4, 2, 0, 1, 3], 3), ([0, 1, 3, 2, 4], 1), ([1, 3, 4, 0, 2], 1)], ids=["all", "one", "last"]
)
def test_found_segments_by_hand(ranking, hits):
    assert found((0, 2, 4), np.array(ranking)) == hits


def test_an_inverted_ranking_finds_nothing():
    assert found((0, 1), np.arange(5)[::-1]) == 0


@pytest.mark.parametrize("k", [1, 2, 3])
def test_chance_finds_k_of_n(k):
    """Over all rankings of 5 segments, k * k / 5 of k planted ones are found."""
    hits = [found(range(k), np.array(ranking)) for ranking in permutations(range(5))]
    assert np.mean(hits) == pytest.approx(k * k / 5)


def test_ties_earn_chance():
    """Equal weights for 20 segments find one planted segment in one of 20 draws."""
    hits = [found((7,), descending(np.zeros(20), rng(seed))) for seed in range(4000)]
    assert np.mean(hits) == pytest.approx(1 / 20, abs=4 * (0.05 * 0.95 / 4000) ** 0.5)


def test_common_segments_by_hand():
    one, other = np.array([4, 2, 0, 1, 3]), np.array([0, 4, 1, 2, 3])
    assert [common(one, other, k) for k in (1, 2, 3, 5)] == [0, 1 / 2, 2 / 3, 1]
    assert common(one, one, 3) == 1


def test_distance_by_hand():
    assert distance([3, 8], [3, 4]) == pytest.approx(4 / 5)
    assert distance([0, 0], [3, 4]) == pytest.approx(1)
    assert distance([3, 4], [3, 4]) == distance([0, 0], [0, 0]) == 0
    assert distance([3, 4], [0, 0]) == 5


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([6, 8], 0),  # twice as long
        ([1, 0], 4 / 5),  # the best scale is 3, which leaves (0, 4) of (3, 4)
        ([0, 1e-9], 3 / 5),
        ([4, -3], 1),  # at a right angle
        ([-3, -4], 1),  # the best scale is 0
        ([0, 0], 1),
    ],
)
def test_distance_after_the_best_scale_by_hand(weights, expected):
    assert scaled_distance(weights, [3, 4]) == pytest.approx(expected)


def test_nothing_is_far_from_nothing():
    assert scaled_distance([1, 2], [0, 0]) == 0


@given(
    hnp.arrays(np.float64, 5, elements=st.floats(-10, 10).map(lambda weight: round(weight, 6))),
    st.floats(1e-3, 1e3),
    st.integers(0, 2**31),
)
def test_no_scale_comes_nearer_than_the_best(weights, scale, seed):
    exact = rng(seed).normal(size=5)
    nearest = scaled_distance(weights, exact)
    assert 0 <= nearest <= 1 + 1e-12
    assert nearest <= distance(scale * weights, exact) + 1e-9
    assert scaled_distance(scale * weights, exact) == pytest.approx(nearest, abs=1e-9)


def test_correlation_by_hand():
    """(-1, 0, 1) and (-2, 1, 1) after centring: 3 / sqrt(2 x 6)."""
    assert correlation([1, 2, 3], [0, 3, 3]) == pytest.approx(3 / 12**0.5)


def test_rank_correlation_by_hand():
    """Ranks 1 2 3 4 against 1 3 2 4: 1 - 6 * 2 / (4 * 15)."""
    assert rank_correlation([-5, 0, 1, 9], [0.1, 0.3, 0.2, 7]) == pytest.approx(0.8)


@given(WEIGHTS, st.integers(0, 2**31))
def test_rank_correlation_is_spearmans(weights, seed):
    others = rng(seed).integers(0, 9, len(weights))
    assume(len(weights) > 1 and np.ptp(weights) > 0 and np.ptp(others) > 0)
    assert rank_correlation(weights, others) == pytest.approx(spearmanr(weights, others).statistic)
    assert rank_correlation(weights, weights) == pytest.approx(1)
    assert rank_correlation(weights, -weights) == pytest.approx(-1)


def test_what_does_not_vary_is_correlated_with_nothing():
    assert rank_correlation(np.zeros(20), np.arange(20)) == 0


def neighbourhood(n, n_segments=20, seed=0):
    masks = draw_masks(n, n_segments, rng(seed))
    return masks, kernel(cosine_distances(masks))


def test_fidelity_by_hand():
    """Outputs 0, 1, 1, 2 against z = 0, 1, 2, 3: covariance 3 of 5 and 2, R^2 = 3^2 / (5 * 2)."""
    masks = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
    assert fidelity(sample_moments(masks, [0, 1, 1, 2], np.ones(4)), [1, 2]) == pytest.approx(0.9)


def test_fidelity_weighs_by_proximity():
    """A mask without weight has no effect; one that counts double is as good as two."""
    masks, outputs = np.array([[0, 0], [1, 0], [0, 1], [1, 1], [1, 1]]), np.array([0.0, 1, 1, 2, 5])
    assert fidelity(sample_moments(masks, outputs, [1, 1, 1, 1, 0]), [1, 2]) == pytest.approx(0.9)
    repeated = fidelity(sample_moments(masks[[0, 1, 2, 3, 4, 4]], outputs[[0, 1, 2, 3, 4, 4]], np.ones(6)), [1, 2])
    assert fidelity(sample_moments(masks, outputs, [1, 1, 1, 1, 2]), [1, 2]) == pytest.approx(repeated)


@given(hnp.arrays(np.float64, 5, elements=st.floats(-1, 1)), st.floats(0.001, 1000), st.floats(-5, 5))
def test_limits_of_fidelity_and_its_scale(weights, scale, offset):
    """1 for a linear game, whatever unit and offset; 0 for the opposite."""
    assume(np.ptp(weights) > 0.01)
    masks, proximity = neighbourhood(64, 5)
    outputs = offset + masks @ weights
    assert fidelity(sample_moments(masks, outputs, proximity), scale * weights) == pytest.approx(1)
    assert fidelity(sample_moments(masks, outputs, proximity), -scale * weights) == 0


@given(
    hnp.arrays(np.float64, 5, elements=st.floats(-1, 1, allow_subnormal=False)),
    st.floats(0.001, 1000),
    st.integers(0, 2**31),
)
def test_fidelity_lies_between_0_and_1_and_knows_no_unit(weights, scale, seed):
    masks, proximity = neighbourhood(64, 5, seed)
    outputs = rng(seed).random(64)
    value = fidelity(sample_moments(masks, outputs, proximity), weights)
    assert 0 <= value <= 1 + 1e-12
    assert fidelity(sample_moments(masks, outputs, proximity), scale * weights) == pytest.approx(value, abs=1e-9)


def test_nothing_explained_is_0():
    masks, proximity = neighbourhood(64)
    assert fidelity(sample_moments(masks, rng().random(64), proximity), np.zeros(20)) == 0
    assert fidelity(sample_moments(masks, np.full(64, 0.5), proximity), np.ones(20)) == 0


def test_fidelity_of_lime_is_its_own_score():
    """Up to the shrinkage of its ridge, which the best scale undoes."""
    masks, proximity = neighbourhood(8192)
    truth = rng(1).uniform(-2, 2, 20)
    outputs = 1 / (1 + np.exp(-(masks @ truth - masks[:, 0] * masks[:, 1])))
    weights, score = Lime().regress(masks, outputs)
    assert 0.5 < score < 0.99
    assert fidelity(sample_moments(masks, outputs, proximity), weights) == pytest.approx(score, abs=1e-3)


def test_no_direction_is_more_faithful_than_limes():
    masks, proximity = neighbourhood(2048)
    outputs = 1 / (1 + np.exp(-3 * masks[:, 3] * masks[:, 4] - masks[:, 7]))
    weights, _ = Lime().regress(masks, outputs)
    moments = sample_moments(masks, outputs, proximity)
    nudged = [fidelity(moments, weights + 0.02 * rng(s).standard_normal(20)) for s in range(20)]
    assert max(nudged) < fidelity(moments, weights)
