import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.linear_model import LinearRegression, Ridge

from veracity_bench.models.games.solutions.coalitions import masks, n_segments, sizes
from veracity_bench.models.games.solutions.moments import sample_moments, table_moments

SEEDS = st.integers(0, 2**31)
TABLES = st.integers(1, 6).flatmap(lambda n: hnp.arrays(np.float64, 2**n, elements=st.floats(-10, 10)))
SQUARE = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])


def sample(seed, n=5, m=60):
    """Random coalitions, outputs and proximities."""
    rng = np.random.default_rng(seed)
    return rng.integers(0, 2, (m, n)), rng.normal(size=m), rng.uniform(0.01, 1, m)


def assert_same(one, other, **tolerance):
    for name in ("total", "masks", "both", "outputs"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), err_msg=name, **tolerance)


def test_moments_by_hand():
    """Four equal coalitions: masks vary by 1/4 and independently; outputs 0, 1, 1, 4 have mean 3/2."""
    moments = sample_moments(SQUARE, [0, 1, 1, 4], np.full(4, 0.5))
    assert moments.total == 2
    assert moments.masks.tolist() == [[0.25, 0], [0, 0.25]]
    assert moments.both.tolist() == [0.5, 0.5]  # 5 / 4 - 1 / 2 * 3 / 2
    assert moments.outputs == 18 / 4 - 9 / 4


def test_ridge_and_score_by_hand():
    """Slopes of least squares are 0.5 / 0.25; a penalty of 2 for a total weight of 4 adds 0.5 to the 0.25."""
    moments = sample_moments(SQUARE, [0, 1, 1, 4], np.ones(4))
    np.testing.assert_allclose(moments.ridge(alpha=0), [2, 2])
    np.testing.assert_allclose(moments.ridge(alpha=2), [2 / 3, 2 / 3])
    np.testing.assert_allclose(moments.ridge(), [1, 1])
    assert moments.score([2, 2]) == pytest.approx(2 / 2.25)  # fits -0.5, 1.5, 1.5, 3.5
    assert moments.score([4, 4]) == pytest.approx(0)
    assert moments.score([0, 0]) == 0
    assert moments.score([-1, -1]) == pytest.approx(1 - 4.75 / 2.25)


def test_proximity_counts_coalitions():
    """One without weight has no say; one that counts double is as good as two."""
    moments = sample_moments(SQUARE, [0, 1, 5, 4], [1, 2, 0, 1])
    assert_same(moments, sample_moments(SQUARE[[0, 1, 1, 3]], [0, 1, 1, 4], np.ones(4)), atol=1e-12)


def test_proximity_of_a_table_goes_by_size():
    """Only coalitions of one or two of three segments, the latter counting double."""
    values = np.array([99.0, 1, 2, 3, 4, 5, 6, 99])
    members = masks([1, 2, 4, 3, 5, 6, 3, 5, 6], 3)
    expected = sample_moments(members, values[[1, 2, 4, 3, 5, 6, 3, 5, 6]], np.ones(9))
    assert_same(table_moments(values, [0, 1, 2, 0]), expected, atol=1e-12)


@given(TABLES, SEEDS, st.floats(-100, 100))
def test_a_table_is_the_sample_of_all_coalitions(values, seed, offset):
    """For any proximity that depends on the size only, also one that is 0 for some sizes."""
    n = n_segments(values)
    rng = np.random.default_rng(seed)
    proximity = rng.uniform(0.01, 3, n + 1) * rng.integers(0, 2, n + 1)
    proximity[rng.integers(n + 1)] = 1
    expected = sample_moments(masks(np.arange(2**n), n), values + offset, proximity[sizes(n)])
    assert_same(table_moments(values + offset, proximity), expected, atol=1e-9)


@pytest.mark.parametrize("size", [1, 7, 9])
def test_a_table_needs_a_proximity_per_size(size):
    with pytest.raises((ValueError, IndexError)):
        table_moments(np.arange(128.0), np.ones(size))
    assert table_moments(np.arange(128.0), np.ones(8)).total == 128


def test_a_table_of_another_length_is_refused():
    with pytest.raises(ValueError, match="one number per coalition"):
        table_moments(np.zeros(7), np.ones(4))


@settings(max_examples=50, deadline=None)
@given(SEEDS, st.integers(1, 8), st.sampled_from([0.01, 1.0, 30.0]), st.floats(-100, 100))
def test_ridge_and_score_are_sklearns(seed, n, alpha, offset):
    z, y, p = sample(seed, n)
    y = y + offset
    moments = sample_moments(z, y, p)
    model = Ridge(alpha=alpha).fit(z, y, sample_weight=p)
    np.testing.assert_allclose(moments.ridge(alpha), model.coef_, atol=1e-8)
    assert moments.score(model.coef_) == pytest.approx(model.score(z, y, sample_weight=p), abs=1e-8)


def test_the_default_penalty_is_1():
    z, y, p = sample(0)
    moments = sample_moments(z, y, p)
    np.testing.assert_allclose(moments.ridge(), Ridge(alpha=1).fit(z, y, sample_weight=p).coef_)
    np.testing.assert_array_equal(moments.ridge(), moments.ridge(alpha=1))


@given(SEEDS, hnp.arrays(np.float64, 5, elements=st.floats(-3, 3)))
def test_the_score_is_what_the_best_intercept_leaves_unexplained(seed, weights):
    """1 - weighted squares of residuals / of deviations from the mean, for any weights."""
    z, y, p = sample(seed)
    residuals = y - z @ weights
    unexplained = np.average((residuals - np.average(residuals, weights=p)) ** 2, weights=p)
    expected = 1 - unexplained / np.average((y - np.average(y, weights=p)) ** 2, weights=p)
    assert sample_moments(z, y, p).score(weights) == pytest.approx(expected, abs=1e-9)


@given(SEEDS, hnp.arrays(np.float64, 5, elements=st.floats(-3, 3)))
def test_no_weights_score_more_than_those_of_least_squares(seed, weights):
    z, y, p = sample(seed)
    moments = sample_moments(z, y, p)
    best = moments.ridge(alpha=1e-9)
    assert moments.score(weights) <= moments.score(best) + 1e-9 <= 1 + 2e-9
    assert moments.score(best + weights / 10) <= moments.score(best) + 1e-9
    expected = LinearRegression().fit(z, y, sample_weight=p).score(z, y, sample_weight=p)
    assert moments.score(best) == pytest.approx(expected, abs=1e-9)


@given(SEEDS)
def test_a_larger_penalty_shrinks_and_explains_less(seed):
    moments = sample_moments(*sample(seed))
    fits = [moments.ridge(alpha) for alpha in (0.01, 1, 10, 1000)]
    assert (np.diff([np.linalg.norm(weights) for weights in fits]) < 0).all()
    assert (np.diff([moments.score(weights) for weights in fits]) < 0).all()
    np.testing.assert_allclose(moments.ridge(1e12), 0, atol=1e-9)


@given(SEEDS, st.floats(-100, 100), st.floats(0.01, 100), st.floats(0.01, 100))
def test_units_of_outputs_and_proximity(seed, offset, scale, nearness):
    """An offset of the outputs changes nothing, their scale the weights, that of the proximity the penalty's share."""
    z, y, p = sample(seed)
    moments, changed = sample_moments(z, y, p), sample_moments(z, offset + scale * y, nearness * p)
    weights = moments.ridge(2)
    np.testing.assert_allclose(changed.ridge(2 * nearness), scale * weights, atol=1e-8 * (1 + scale))
    assert changed.score(scale * weights) == pytest.approx(moments.score(weights), abs=1e-6)


@given(hnp.arrays(np.float64, 6, elements=st.floats(-1, 1)), st.floats(-5, 5))
def test_a_linear_game_is_explained_completely(weights, offset):
    weights[0] = 1  # so that it is not constant
    moments = table_moments(offset + masks(np.arange(64), 6) @ weights, np.linspace(0.1, 1, 7))
    np.testing.assert_allclose(moments.ridge(alpha=0), weights, atol=1e-9)
    assert moments.score(weights) == pytest.approx(1)


@pytest.mark.parametrize("constant", [0, 1, 0.1, 0.3, 0.7, -2 / 3, 1e-9, 12345.678])
@pytest.mark.parametrize("n", [3, 8])
def test_a_constant_has_no_weights_and_explains_nothing(constant, n):
    """Whatever remains of it by rounding when its mean is taken off."""
    proximity = np.linspace(0.1, 1, n + 1) ** 2
    everything = masks(np.arange(2**n), n)
    for moments in (
        table_moments(np.full(2**n, constant), proximity),
        sample_moments(everything, np.full(2**n, constant), proximity[sizes(n)]),
    ):
        np.testing.assert_allclose(moments.ridge(), 0, atol=1e-9)
        assert moments.score(moments.ridge()) == 0
        assert moments.score(np.ones(n)) == 0


def test_a_small_effect_on_a_large_output_is_no_constant():
    """Differences of 1e-9 around 0.7 still are explained."""
    values = 0.7 + 1e-9 * (masks(np.arange(256), 8) @ np.arange(1, 9))
    moments = table_moments(values, np.ones(9))
    np.testing.assert_allclose(moments.ridge(alpha=0), 1e-9 * np.arange(1, 9), rtol=1e-6)
    assert moments.score(moments.ridge(alpha=0)) == pytest.approx(1, abs=1e-6)
