import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veracity_bench.explainers.lime import Lime
from veracity_bench.models.games.solutions.coalitions import masks, numbers
from veracity_bench.models.games.solutions.exact_lime import exact_lime, lime_moments
from veracity_bench.models.games.solutions.neighbourhood import cosine_distances, draw_masks, kernel


def probabilities(n, seed=0):
    """The table of a game that is no linear one: a squashed sum of segments, pairs and noise."""
    rng = np.random.default_rng(seed)
    z = masks(np.arange(2**n), n)
    logits = z @ rng.normal(size=n) + ((z @ rng.normal(size=(n, n))) * z).sum(axis=1) / n + rng.normal(size=2**n)
    return 1 / (1 + np.exp(-logits))


def sampled(values, n, samples, seed):
    drawn = draw_masks(samples, n, np.random.default_rng(seed))
    return Lime().regress(drawn, values[numbers(drawn)])


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 8), st.integers(0, 2**31))
def test_is_lime_over_all_coalitions(n, seed):
    """In any order, since lime takes the first one for the excerpt itself: the complete coalition comes first."""
    rng = np.random.default_rng(seed)
    values = rng.random(2**n)
    order = np.array([2**n - 1, *rng.permutation(2**n - 1)])
    expected, score = Lime().regress(masks(order, n).astype(float), values[order])
    weights, fidelity = exact_lime(values)
    np.testing.assert_allclose(weights, expected, atol=1e-9)
    assert fidelity == pytest.approx(score, abs=1e-9)


def test_the_kernel_is_limes():
    """Of two segments: 1 for both, exp(-(1 - sqrt(1/2))^2 / 0.25^2 / 2) for one, exp(-8) for none."""
    one = np.exp(-8 * (1 - np.sqrt(0.5)) ** 2)
    moments = lime_moments([0, 0, 0, 1])
    assert moments.total == pytest.approx(1 + 2 * one + np.exp(-8))
    assert moments.outputs == pytest.approx((1 - 1 / moments.total) / moments.total)
    every = masks([0, 1, 2, 3], 2).astype(float)
    assert moments.total == pytest.approx(kernel(cosine_distances(every)).sum())


def test_one_segment_by_hand():
    """Weights 1 and e = exp(-8): covariance e / (1 + e)^2 of mask and output, shrunk by the penalty 1 / (1 + e)."""
    e = np.exp(-8)
    variance = e / (1 + e) ** 2
    weights, fidelity = exact_lime([0, 1])
    slope = variance / (variance + 1 / (1 + e))
    assert weights == pytest.approx([slope])
    assert fidelity == pytest.approx(2 * slope - slope**2)


@pytest.mark.parametrize("n", [8, 12])
def test_a_linear_game_gives_its_weights(n):
    """Up to the shrinkage of the ridge, the less the more coalitions there are."""
    truth = np.random.default_rng(n).uniform(-0.05, 0.05, n)
    weights, fidelity = exact_lime(0.5 + masks(np.arange(2**n), n) @ truth)
    np.testing.assert_allclose(weights, truth, rtol=20 / 2**n)
    assert np.linalg.norm(weights) < np.linalg.norm(truth)
    assert 1 - 200 / 4**n < fidelity < 1


@pytest.mark.parametrize("constant", [0, 0.1, 0.3, 0.7, 1])
@pytest.mark.parametrize("n", [3, 10])
def test_a_constant_detector_has_no_weights_and_no_fidelity(constant, n):
    weights, fidelity = exact_lime(np.full(2**n, constant))
    np.testing.assert_allclose(weights, 0, atol=1e-12)
    assert fidelity == 0


@given(st.integers(1, 8), st.integers(0, 2**31))
def test_fidelity_lies_between_0_and_1_and_knows_no_class(n, seed):
    """The probability of the other class has the opposite weights, as well explained."""
    values = probabilities(n, seed)
    (weights, fidelity), (opposite, same) = exact_lime(values), exact_lime(1 - values)
    np.testing.assert_allclose(weights, -opposite, atol=1e-12)
    assert fidelity == pytest.approx(same, abs=1e-9)
    assert 0 < fidelity <= 1


@pytest.mark.parametrize("kind", [np.float32, np.float64, list])
def test_tables_of_any_type(kind):
    """Single precision as the detector's, and summed in double."""
    values = probabilities(10).astype(np.float32)
    table = values.tolist() if kind is list else values.astype(kind)
    for found, expected in zip(exact_lime(table), exact_lime(values.astype(np.float64)), strict=True):
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("size", [0, 3, 1000])
def test_a_table_of_another_length_is_refused(size):
    with pytest.raises(ValueError, match="one number per coalition"):
        exact_lime(np.zeros(size))


def test_sampled_lime_comes_closer_with_more_samples():
    """To it on ten segments, about as the root of their number, until the ridge shrinks 1,024 coalitions more."""
    values = probabilities(10)
    exact, fidelity = exact_lime(values)
    errors, gaps = [], []
    for samples in (32, 256, 2048):
        runs = [sampled(values, 10, samples, seed) for seed in range(8)]
        errors.append(np.mean([np.abs(weights - exact).mean() for weights, _ in runs]))
        gaps.append(np.mean([abs(score - fidelity) for _, score in runs]))
    assert errors[0] > 1.5 * errors[1] > 1.5**2 * errors[2]
    assert errors[2] < 0.1 * np.abs(exact).mean()
    assert gaps[0] > 1.5 * gaps[2]


def test_many_samples_end_at_least_squares():
    """What differs from the exact weights in the end is the penalty alone, 1 however many samples there are."""
    values, samples = probabilities(6), 60_000
    weights, _ = sampled(values, 6, samples, seed=0)
    exact, share = exact_lime(values)[0], 2**6 / samples
    limit = lime_moments(values).ridge(alpha=share)
    assert np.abs(weights - limit).mean() < np.abs(weights - exact).mean() / 3
