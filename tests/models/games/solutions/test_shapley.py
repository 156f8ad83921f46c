from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from veracity_bench.models.games.solutions.coalitions import masks, n_segments, sums_with
from veracity_bench.models.games.solutions.shapley import banzhaf, interactions, shapley

GAMES = st.integers(1, 6).flatmap(lambda n: hnp.arrays(np.float64, 2**n, elements=st.floats(-100, 100)))
SEEDS = st.integers(0, 2**31)
VALUES = pytest.mark.parametrize("value", [shapley, banzhaf])
TOLERANCE = {"rtol": 1e-9, "atol": 1e-9}


def table_of(n, value):
    """The table of a game from a function of the set of segments that are present."""
    return np.array([value(frozenset(np.flatnonzero(mask))) for mask in masks(np.arange(2**n), n)], np.float64)


def random_game(n, seed=0):
    return np.random.default_rng(seed).normal(size=2**n)


def index(segments):
    return sum(2**s for s in segments)


def coalitions_of(others):
    """All sets of them, by size, each with its likelihood where sizes are equally likely, and where all sets are."""
    for size in range(len(others) + 1):
        for chosen in combinations(others, size):
            yield index(chosen), 1 / ((len(others) + 1) * comb(len(others), size)), 0.5 ** len(others)


def by_definition(table):
    """Shapley and Banzhaf values: the mean of what a segment adds to each coalition of the others."""
    n = n_segments(table)
    values = np.zeros((2, n))
    for i in range(n):
        for others, *likely in coalitions_of([s for s in range(n) if s != i]):
            values[:, i] += np.multiply(likely, table[others + 2**i] - table[others])
    return values


def interactions_by_definition(table):
    n = n_segments(table)
    values = np.zeros((n, n))
    for i, j in combinations(range(n), 2):
        for others, likely, _ in coalitions_of([s for s in range(n) if s not in (i, j)]):
            both, one, other = (table[others + index(more)] for more in ((i, j), (i,), (j,)))
            values[i, j] += likely * (both - one - other + table[others])
    return values + values.T


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


@given(GAMES)
def test_shapley_values_add_up_to_all_less_none(table):
    assert shapley(table).sum() == pytest.approx(table[-1] - table[0], abs=1e-9)


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


@VALUES
@given(game=GAMES, segment=st.integers(0, 6), worth=st.integers(-5, 5))
def test_a_dummy_is_worth_what_it_adds(value, game, segment, worth):
    """A segment is put into a game so that it adds the same to all coalitions; the others keep their values."""
    segment = min(segment, n_segments(game))
    halves = game.reshape(-1, 1, 2**segment)
    table = np.concatenate([halves, halves + worth], axis=1).ravel()
    np.testing.assert_allclose(value(table), np.insert(value(game), segment, worth), **TOLERANCE)
    np.testing.assert_allclose(interactions(table)[segment], 0, atol=1e-9)


@VALUES
@given(game=GAMES, seed=SEEDS)
def test_names_do_not_matter(value, game, seed):
    """Segments that change places take their values and interactions along."""
    n = n_segments(game)
    order = np.random.default_rng(seed).permutation(n)
    renamed = game[masks(np.arange(2**n), n) @ (1 << order)]  # segment i of it is segment order[i] of the game
    np.testing.assert_allclose(value(renamed), value(game)[order], **TOLERANCE)
    np.testing.assert_allclose(interactions(renamed), interactions(game)[np.ix_(order, order)], **TOLERANCE)


@VALUES
@given(n=st.integers(2, 6), seed=SEEDS)
def test_segments_that_always_add_the_same_are_worth_the_same(value, n, seed):
    rng = np.random.default_rng(seed)
    i, j = rng.choice(n, 2, replace=False)
    worth = rng.normal(size=(3, 2**n))
    table = table_of(n, lambda present: worth[len(present & {i, j}), index(present - {i, j})])
    assert value(table)[i] == pytest.approx(value(table)[j], abs=1e-9)


@pytest.mark.parametrize("value", [shapley, banzhaf, interactions])
@given(n=st.integers(1, 6), seeds=st.tuples(SEEDS, SEEDS), factors=st.tuples(st.floats(-9, 9), st.floats(-9, 9)))
def test_values_are_linear_in_the_game(value, n, seeds, factors):
    first, second = (random_game(n, seed) for seed in seeds)
    combined = value(factors[0] * first + factors[1] * second)
    np.testing.assert_allclose(combined, factors[0] * value(first) + factors[1] * value(second), **TOLERANCE)


@VALUES
@given(GAMES)
def test_the_dual_game_has_the_same_values_and_opposite_interactions(value, game):
    """What a coalition is worth in the dual is what its absence costs: v(all) - v(all others)."""
    dual = game[-1] - game[::-1]
    np.testing.assert_allclose(value(dual), value(game), **TOLERANCE)
    np.testing.assert_allclose(interactions(dual), -interactions(game), **TOLERANCE)


@given(GAMES)
def test_interactions_are_symmetric_without_a_diagonal(table):
    found = interactions(table)
    np.testing.assert_allclose(found, found.T, **TOLERANCE)
    assert (np.diag(found) == 0).all()


@given(GAMES)
def test_an_interaction_is_what_a_segment_gains_by_the_presence_of_another(table):
    """The recursive definition: Shapley value of i with j always there, minus that with j never there."""
    n = n_segments(table)
    for j in range(n):
        without, present = np.moveaxis(table.reshape(-1, 2, 2**j), 1, 0).reshape(2, -1)
        others = [s for s in range(n) if s != j]
        np.testing.assert_allclose(interactions(table)[j, others], shapley(present) - shapley(without), **TOLERANCE)


@given(GAMES)
def test_banzhaf_values_are_the_slopes_of_least_squares(table):
    """Of the linear model nearest to the game over all coalitions (Hammer and Holzman 1992)."""
    every = masks(np.arange(len(table)), n_segments(table)) - 0.5
    slopes = np.linalg.lstsq(every, table - table.mean(), rcond=None)[0]
    np.testing.assert_allclose(banzhaf(table), slopes, atol=1e-8)


@given(GAMES)
def test_the_table_is_left_alone(table):
    before = table.copy()
    shapley(table), banzhaf(table), interactions(table), sums_with(table)
    assert (table == before).all()
