from math import comb

import numpy as np
import pytest
from given_games import uneven
from hypothesis import given, settings
from hypothesis import strategies as st

from veracity_bench.models.games.solutions.coalitions import masks as all_masks
from veracity_bench.models.games.solutions.flipping import best_by_size, chance_by_size
from veracity_bench.models.games.solutions.search import search, sets_of_size


class Game:
    """Flips where the margin is positive; counts what it is asked, and refuses to be asked twice."""

    def __init__(self, margins):
        self.margins, self.asked = margins, set()

    def __call__(self, masks):
        keys = {mask.tobytes() for mask in masks}
        assert len(keys) == len(masks)
        assert not keys & self.asked
        self.asked |= keys
        margins = np.asarray(self.margins(masks.astype(float)), dtype=float)
        return margins > 0, margins


def searched(margins, n, passes, seed=0):
    game = Game(margins)
    found = search(game, n, passes, np.random.default_rng(seed))
    assert found.passes == len(game.asked)
    return found


@settings(max_examples=40)
@given(st.integers(1, 9), st.integers(1, 400), st.floats(-1, 1), st.integers(0, 9))
def test_bounds_hold_the_oracle_between_them_and_are_it_where_all_sets_were_tried(n, passes, threshold, seed):
    table = uneven(all_masks(np.arange(2**n), n)) > threshold
    found = searched(lambda masks: uneven(masks) - threshold, n, passes, seed)
    oracle = best_by_size(table)
    assert (found.found <= oracle).all()
    assert (oracle <= found.at_most).all()
    np.testing.assert_array_equal(found.found[found.complete], oracle[found.complete])
    assert found.complete[-1]


def test_with_passes_for_all_sets_everything_is_exact():
    table = uneven(all_masks(np.arange(2**8), 8)) > 0.3
    found = searched(lambda masks: uneven(masks) - 0.3, 8, 16 * comb(8, 4))
    assert found.complete.all()
    assert found.passes == 2**8 - 1
    np.testing.assert_allclose(found.chance, chance_by_size(table))


def test_the_smallest_set_of_an_additive_game_is_found_although_nobody_draws_it():
    """Segments 3, 8, 11, 14 and 17 flip together, and no four segments do: one of 15504 sets of five."""
    weights = np.where(np.isin(np.arange(20), (3, 8, 11, 14, 17)), 1, 0.1)
    found = searched(lambda masks: masks @ weights - 4.95, 20, 1024)
    assert found.found.tolist() == [False] * 4 + [True] * 16
    assert found.complete[[0, 18, 19]].all()
    assert not found.at_most[0]
    assert found.at_most[1:].all()
    assert found.passes < 1024


def test_deletion_finds_what_insertion_is_led_away_from():
    """Alone, 0 and 1 look worst of all, and only both together without any other flip."""

    def margins(masks):
        both, others = masks[:, :2].all(axis=1), masks[:, 2:].sum(axis=1)
        return np.where(both, 5 - 0.1 * others, others / 10 - masks[:, :2].sum(axis=1) - 3)

    assert searched(margins, 16, 300).found[1]


def test_chance_is_right_on_average():
    chance = [searched(lambda masks: masks[:, 0] - 0.5, 12, 480, seed).chance for seed in range(60)]
    np.testing.assert_allclose(np.mean(chance, axis=0), np.arange(1, 13) / 12, atol=0.04)


@pytest.mark.parametrize(("k", "at_most", "many"), [(2, 10, 10), (2, 9, 9), (5, 1, 1), (3, 4, 4)])
def test_all_sets_of_a_size_or_as_many_as_may_be(k, at_most, many):
    drawn = sets_of_size(5, k, at_most, np.random.default_rng(0))
    assert drawn.shape == (many, 5)
    assert (drawn.sum(axis=1) == k).all()
    assert len(np.unique(drawn, axis=0)) == many or many < comb(5, k)
