"""What characterises the values of games: axioms, and relations to other games and to least squares."""

import numpy as np
import pytest
from games_by_definition import (
    GAMES,
    TOLERANCE,
    index,
    random_game,
    table_of,
)
from hypothesis import given
from hypothesis import strategies as st

from veracity_bench.models.games.solutions.coalitions import masks, n_segments, sums_with
from veracity_bench.models.games.solutions.shapley import banzhaf, interactions, shapley

SEEDS = st.integers(0, 2**31)
VALUES = pytest.mark.parametrize("value", [shapley, banzhaf])


@given(GAMES)
def test_shapley_values_add_up_to_all_less_none(table):
    assert shapley(table).sum() == pytest.approx(table[-1] - table[0], abs=1e-9)


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
