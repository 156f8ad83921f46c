import numpy as np
import pytest
from games_by_definition import (
    GAMES,
    TOLERANCE,
    by_definition,
    interactions_by_definition,
    random_game,
    table_of,
)
from hypothesis import given, settings

from veracity_bench.models.games.solutions.shapley import banzhaf, interactions, shapley

VALUES = pytest.mark.parametrize("value", [shapley, banzhaf])


def test_one_left_glove_and_two_right_ones():
    """A pair is worth 1; the scarce glove earns two thirds, its holder being pivotal in 4 of 6 orders."""
    gloves = table_of(3, lambda present: float(0 in present and len(present) > 1))
    np.testing.assert_allclose(shapley(gloves), [4 / 6, 1 / 6, 1 / 6])
    np.testing.assert_allclose(banzhaf(gloves), [3 / 4, 1 / 4, 1 / 4])


@pytest.mark.parametrize(("n", "swings"), [(1, 1), (3, 2 / 4), (5, 6 / 16), (7, 20 / 64)])
def test_majority(n, swings):
    """Equal shares of 1 (Shapley); the share of the others' coalitions that are one short of a majority (Banzhaf)."""
    majority = table_of(n, lambda present: float(2 * len(present) > n))
    np.testing.assert_allclose(shapley(majority), np.full(n, 1 / n))
    np.testing.assert_allclose(banzhaf(majority), np.full(n, swings))


def test_a_vote_with_weights():
    """Votes 3, 2, 1, 1 and quota 4: the first is pivotal in 12 of 24 orders and in 6 of 8 coalitions of the others."""
    votes = np.array([3, 2, 1, 1])
    passed = table_of(4, lambda present: float(sum(votes[s] for s in present) >= 4))
    np.testing.assert_allclose(shapley(passed), np.array([6, 2, 2, 2]) / 12)
    np.testing.assert_allclose(banzhaf(passed), np.array([6, 2, 2, 2]) / 8)


@VALUES
def test_an_additive_game_has_its_own_weights(value):
    weights = np.array([0.5, -2, 0, 3, 1])
    additive = table_of(5, lambda present: 7 + sum(weights[s] for s in present))
    np.testing.assert_allclose(value(additive), weights, atol=1e-12)
    np.testing.assert_allclose(interactions(additive), 0, atol=1e-12)


def test_a_product_of_two_is_one_interaction():
    """And each has half of it."""
    product = table_of(4, lambda present: float({1, 3} <= present))
    expected = np.zeros((4, 4))
    expected[1, 3] = expected[3, 1] = 1
    np.testing.assert_allclose(interactions(product), expected, atol=1e-12)
    np.testing.assert_allclose(shapley(product), [0, 0.5, 0, 0.5], atol=1e-12)


def test_either_of_two_is_a_negative_interaction():
    either = table_of(3, lambda present: float(bool({0, 2} & present)))
    np.testing.assert_allclose(interactions(either), [[0, 0, -1], [0, 0, 0], [-1, 0, 0]], atol=1e-12)


def test_a_product_of_three_shares_its_interaction():
    """v(S + i + j) - v(S + i) - v(S + j) + v(S) is 1 where S holds the third: half the likelihood."""
    product = table_of(4, lambda present: float({0, 1, 2} <= present))
    np.testing.assert_allclose(interactions(product)[:3, :3], (1 - np.eye(3)) / 2, atol=1e-12)
    np.testing.assert_allclose(interactions(product)[3], 0, atol=1e-12)


@VALUES
def test_few_segments(value):
    assert value([3.0]).shape == (0,)
    assert value([3, 5]).tolist() == [2]
    np.testing.assert_allclose(value([1, 2, 4, 11]), [4, 6])  # the means of 1 and 7, and of 3 and 9


def test_interactions_of_few_segments():
    assert interactions([3.0]).shape == (0, 0)
    assert interactions([3, 5]).tolist() == [[0]]
    np.testing.assert_allclose(interactions([1, 2, 4, 11]), [[0, 6], [6, 0]])


@pytest.mark.parametrize("value", [shapley, banzhaf, interactions])
def test_a_table_of_another_length_is_refused(value):
    with pytest.raises(ValueError, match="one number per coalition"):
        value(np.zeros(7))


@pytest.mark.parametrize("value", [shapley, banzhaf, interactions])
@pytest.mark.parametrize("kind", [np.float32, np.int64, bool, list])
def test_tables_of_any_type_are_worth_the_same(value, kind):
    """In particular single precision is summed in double: these values need more than 24 bits."""
    table = np.random.default_rng(0).integers(0, 2, 2**8).astype(bool) if kind is bool else 2.0**24 - 1 - np.arange(256)
    given_table = table.tolist() if kind is list else table.astype(kind)
    result = value(given_table)
    assert result.dtype == np.float64
    np.testing.assert_array_equal(result, value(table.astype(np.float64)))


@pytest.mark.parametrize("n", range(1, 9))
def test_agrees_with_the_definition(n):
    table = random_game(n, seed=n)
    np.testing.assert_allclose([shapley(table), banzhaf(table)], by_definition(table), **TOLERANCE)
    np.testing.assert_allclose(interactions(table), interactions_by_definition(table), **TOLERANCE)


@settings(max_examples=25, deadline=None)
@given(GAMES)
def test_agrees_with_the_definition_on_any_game(table):
    np.testing.assert_allclose([shapley(table), banzhaf(table)], by_definition(table), **TOLERANCE)
    np.testing.assert_allclose(interactions(table), interactions_by_definition(table), **TOLERANCE)


@pytest.fixture(scope="module")
def shapiq():
    """An independent implementation; nothing else here needs it."""
    return pytest.importorskip("shapiq")


@pytest.mark.parametrize("n", range(2, 9))
def test_agrees_with_shapiq(shapiq, n):
    table = random_game(n, seed=100 + n)
    exact = shapiq.ExactComputer(lambda present: table[present @ (1 << np.arange(n))], n)
    np.testing.assert_allclose(shapley(table), exact("SV").get_n_order_values(1), **TOLERANCE)
    np.testing.assert_allclose(banzhaf(table), exact("BV").get_n_order_values(1), **TOLERANCE)
    np.testing.assert_allclose(interactions(table), exact("SII", 2).get_n_order_values(2), **TOLERANCE)


@pytest.mark.parametrize("n", [14, 20])
def test_many_segments(n):
    """As many as the paper's grid has, where a coalition of a middle size has a likelihood of 5e-7."""
    rng = np.random.default_rng(n)
    weights, noise = rng.normal(size=n), rng.normal(size=2**n)
    assert shapley(noise).sum() == pytest.approx(noise[-1] - noise[0], abs=1e-9)
    size = np.zeros(1)
    for weight in weights:
        size = np.concatenate([size, size + weight])
    np.testing.assert_allclose(shapley(size), weights, atol=1e-10)
    np.testing.assert_allclose(banzhaf(size), weights, atol=1e-10)
    found = interactions(size**2)  # twice the product of the weights of each pair
    expected = 2 * np.outer(weights, weights)
    np.testing.assert_allclose(found, expected - np.diag(np.diag(expected)), atol=1e-9)
