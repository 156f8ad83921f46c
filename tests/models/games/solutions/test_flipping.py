from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from simple_games import BY_HAND, PLANTED, TABLES, UP_SETS, all_of, always, any_of, flipping, index, never

from veracity_bench.models.games.solutions.coalitions import masks, n_segments
from veracity_bench.models.games.solutions.flipping import (
    best_by_size,
    chance_by_size,
    non_monotone_share,
    smallest_set,
    smallest_sets,
)


def test_a_table_of_three_segments_by_hand():
    assert smallest_sets(BY_HAND).tolist() == [index({2})]
    assert best_by_size(BY_HAND).tolist() == [True, True, True]
    assert chance_by_size(BY_HAND).tolist() == pytest.approx([1 / 3, 2 / 3, 1])
    assert non_monotone_share(BY_HAND) == 1 / 4  # of {0, 1} + 2, {1, 2} + 0, {2} + 1 and {2} + 0, the last


def test_a_table_of_four_segments_by_hand():
    assert smallest_sets(PLANTED).tolist() == [index({0, 1})]
    assert best_by_size(PLANTED).tolist() == [False, True, True, True]
    assert chance_by_size(PLANTED).tolist() == pytest.approx([0, 1 / 6, 3 / 4, 1])
    assert non_monotone_share(PLANTED) == 0


def test_all_smallest_sets_are_found_and_no_larger_one():
    table = flipping(4, {1, 3}, {0, 2}, {0, 1, 3}, {1, 2, 3}, {0, 1, 2, 3})
    assert smallest_sets(table).tolist() == [index({0, 2}), index({1, 3})]


def test_of_several_smallest_sets_the_one_that_flips_most_is_taken():
    """{0, 1, 3} goes further past the threshold than either, but is larger."""
    table = flipping(4, {1, 3}, {0, 2}, {0, 1, 3})
    margins = np.zeros(16)
    margins[[index({1, 3}), index({0, 2}), index({0, 1, 3})]] = 0.2, 0.1, 9.0
    assert smallest_set(table, margins).tolist() == [1, 3]
    margins[index({0, 2})] = 0.3
    assert smallest_set(table, margins).tolist() == [0, 2]


def test_of_equal_smallest_sets_the_first_coalition_is_taken():
    table = flipping(4, {1, 3}, {0, 2}, {1, 2})
    assert smallest_set(table, np.ones(16)).tolist() == [0, 2]


def test_without_any_flip_there_is_no_smallest_set():
    with pytest.raises(ValueError, match="empty"):
        smallest_set(never(4), np.zeros(16))


def test_where_no_coalition_flips():
    assert smallest_sets(never(4)).shape == (0,)
    assert best_by_size(never(4)).tolist() == [False] * 4
    assert chance_by_size(never(4)).tolist() == [0] * 4
    assert non_monotone_share(never(4)) == 0


def test_where_every_coalition_flips():
    """Also the empty one, which is the smallest set then, though k starts at 1."""
    assert smallest_sets(always(4)).tolist() == [0]
    assert best_by_size(always(4)).tolist() == [True] * 4
    assert chance_by_size(always(4)).tolist() == [1] * 4
    assert non_monotone_share(always(4)) == 0


def test_where_only_all_segments_together_flip():
    """No segment can be added to the only coalition that flips."""
    assert smallest_sets(all_of(4)).tolist() == [15]
    assert best_by_size(all_of(4)).tolist() == [False, False, False, True]
    assert chance_by_size(all_of(4)).tolist() == [0, 0, 0, 1]
    assert non_monotone_share(all_of(4)) == 0


def test_where_any_segment_flips():
    assert smallest_sets(any_of(4)).tolist() == [1, 2, 4, 8]
    assert chance_by_size(any_of(4)).tolist() == [1] * 4


def test_a_single_segment():
    assert best_by_size(all_of(1)).tolist() == [True]
    assert chance_by_size(all_of(1)).tolist() == [1]
    assert smallest_sets(all_of(1)).tolist() == [1]


@pytest.mark.parametrize("answer", [smallest_sets, best_by_size, chance_by_size, non_monotone_share])
def test_a_table_of_another_length_is_refused(answer):
    with pytest.raises(ValueError, match="one number per coalition"):
        answer(np.zeros(7, bool))


@pytest.mark.parametrize(
    ("table", "share"),
    [
        (flipping(3, ()), 1),  # each of the three steps from none
        (flipping(2, (), {0}, {1}), 1 / 2),  # two steps on, two steps back
        (flipping(3, {0}), 1),
        (flipping(3, {0}, {0, 1}), 2 / 3),  # {0} + 1 holds; {0} + 2 and {0, 1} + 2 do not
        (~flipping(3, {0, 1, 2}), 3 / 12),
    ],
)
def test_steps_back_by_hand(table, share):
    assert non_monotone_share(table) == pytest.approx(share)


def test_of_a_parity_every_step_goes_back():
    odd = masks(np.arange(32), 5).sum(axis=1) % 2 == 1
    assert non_monotone_share(odd) == 1
    assert chance_by_size(odd).tolist() == [1, 0, 1, 0, 1]


@given(TABLES)
def test_agrees_with_the_definitions(table):
    """Over all sets of k segments, and all steps from one that flips."""
    n = n_segments(table)
    of_size = [[table[index(some)] for some in combinations(range(n), k)] for k in range(n + 1)]
    assert best_by_size(table).tolist() == [any(flips) for flips in of_size[1:]]
    assert chance_by_size(table).tolist() == pytest.approx([np.mean(flips) for flips in of_size[1:]])
    k = next((k for k, flips in enumerate(of_size) if any(flips)), 0)
    expected = [index(some) for some in combinations(range(n), k) if table[index(some)]]
    assert smallest_sets(table).tolist() == sorted(expected)
    ends = [table[c | 2**s] for c in range(2**n) for s in range(n) if table[c] and not c & 2**s]
    assert non_monotone_share(table) == pytest.approx(1 - np.mean(ends) if ends else 0)


@given(TABLES)
def test_chance_lies_between_0_and_the_best(table):
    """And is 0 or 1 exactly where none or all flip, so that it can be compared with the oracle."""
    chance, best = chance_by_size(table), best_by_size(table)
    assert (chance >= 0).all()
    assert (chance <= best).all()
    assert ((chance > 0) == best).all()
    assert ((chance == 1) == ~best_by_size(~table)).all()


@given(TABLES)
def test_the_oracle_starts_at_the_smallest_set(table):
    assume(table[1:].any() and not table[0])
    sizes = {int(coalition).bit_count() for coalition in smallest_sets(table)}
    k = sizes.pop()
    assert not sizes
    assert best_by_size(table)[k - 1]
    assert not best_by_size(table)[: k - 1].any()
    assert table[smallest_sets(table)].all()


@given(TABLES, st.integers(0, 2**31))
def test_the_smallest_set_flips_and_no_other_of_its_size_flips_more(table, seed):
    assume(table.any())
    margins = np.random.default_rng(seed).normal(size=len(table))
    chosen = index(smallest_set(table, margins))
    assert chosen in smallest_sets(table)
    assert margins[chosen] == margins[smallest_sets(table)].max()


@given(TABLES)
def test_chances_of_the_dual(table):
    """k segments flip the dual where the n - k others do not flip the table."""
    dual = ~table[::-1]
    np.testing.assert_allclose(chance_by_size(dual)[:-1], 1 - chance_by_size(table)[-2::-1])


@given(TABLES)
def test_a_step_of_the_dual_is_one_of_the_table_reversed(table):
    """So both lose as many, and one is monotone where the other is."""
    n = n_segments(table)
    lost, lost_of_dual = (
        non_monotone_share(each) * sum((n - size) * count for size, count in enumerate(_flipping_of_size(each)))
        for each in (table, ~table[::-1])
    )
    assert lost == pytest.approx(lost_of_dual)


def _flipping_of_size(table):
    n = n_segments(table)
    return [int(table[0]), *(chance_by_size(table) * [comb(n, k) for k in range(1, n + 1)])]


@given(TABLES, st.randoms(use_true_random=False))
def test_names_do_not_matter(table, random):
    n = n_segments(table)
    order = random.sample(range(n), n)
    renamed = table[masks(np.arange(2**n), n) @ (1 << np.array(order))]
    assert chance_by_size(renamed).tolist() == chance_by_size(table).tolist()
    assert non_monotone_share(renamed) == non_monotone_share(table)
    assert len(smallest_sets(renamed)) == len(smallest_sets(table))


@given(UP_SETS)
def test_where_more_never_hurts(table):
    """No step goes back, and neither the oracle nor chance ever falls as k grows."""
    assert non_monotone_share(table) == 0
    assert (np.diff(best_by_size(table).astype(int)) >= 0).all()
    assert (np.diff(chance_by_size(table)) > -1e-12).all()


@given(UP_SETS, st.integers(0, 2**7 - 1))
def test_a_hole_is_seen(table, hole):
    """A coalition that does not flip, though one within it does, is a step back."""
    hole %= len(table)
    assume(any(table[hole & ~(1 << s)] for s in range(n_segments(table)) if hole & (1 << s)))
    table = table.copy()
    table[hole] = False
    assert non_monotone_share(table) > 0
