from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from simple_games import BY_HAND, PLANTED, TABLES, all_of, always, any_of, index

from veracity_bench.models.games.solutions.coalitions import masks, n_segments
from veracity_bench.models.games.solutions.flipping import smallest_sets
from veracity_bench.models.games.solutions.planted import found_at_best, needed, pivotal


@pytest.mark.parametrize("segments", [(0, 1, 2, 3), (3, 1, 0, 2)])
def test_all_segments_are_needed_where_only_all_flip_and_none_where_any_does(segments):
    assert needed(all_of(4), segments).tolist() == [True] * 4
    assert needed(any_of(4), segments).tolist() == [False] * 4


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ((0, 1, 2, 3), [False, True, False, False]),
        ((0, 1), [True, True]),
        ((2, 0, 1), [False, True, True]),
        ((1, 2, 3), [True, True, True]),
        ([3, 1, 0], [False, True, True]),
    ],
)
def test_needed_by_hand(segments, expected):
    """The order is that of the segments. Of all four only 1 is in both {0, 1} and {1, 2, 3}."""
    assert needed(PLANTED, segments).tolist() == expected


def test_a_single_segment_is_needed_unless_nothing_flips_as_well():
    assert needed(any_of(3), [1]).tolist() == [True]
    assert needed(always(3), [1]).tolist() == [False]


@given(TABLES)
def test_every_member_of_a_smallest_set_is_needed(table):
    assume(table.any() and not table[0])
    for coalition in smallest_sets(table):
        assert needed(table, np.flatnonzero(masks([coalition], n_segments(table)))).all()


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ((0, 1, 2, 3), [True] * 4),  # 2 and 3 make {1} flip, together with the other one
        ((0, 1), [True, True]),
        ((2, 0, 1), [False, True, True]),
        ((3, 2, 1, 0), [True] * 4),
    ],
)
def test_pivotal_by_hand(segments, expected):
    """{0, 1} and {1, 2, 3} flip: 2 is of use with 1 and 3 only."""
    assert pivotal(PLANTED, segments).tolist() == expected


def test_what_stands_in_for_each_other_is_pivotal_and_not_needed():
    assert pivotal(any_of(4), [1, 3]).tolist() == [True, True]
    assert needed(any_of(4), [1, 3]).tolist() == [False, False]


def test_what_goes_back_is_not_pivotal():
    """Segment 0 un-flips {2} alone; it makes {1} flip, which is not looked at here."""
    assert pivotal(BY_HAND, [0, 2]).tolist() == [False, True]


@given(TABLES, st.data())
def test_pivotal_segments_include_the_needed_ones(table, data):
    n = n_segments(table)
    segments = data.draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=n, unique=True))
    assume(table[index(segments)])
    expected = [
        any(not table[index(s)] and table[index(s) + 2**one] for k in range(n) for s in combinations(others, k))
        for one in segments
        for others in [[s for s in segments if s != one]]
    ]
    assert pivotal(table, segments).tolist() == expected
    assert (needed(table, segments) <= pivotal(table, segments)).all()


@pytest.mark.parametrize(("k", "n"), [(1, 20), (3, 20), (19, 20), (2, 3)])
def test_who_sees_all_finds_all_and_who_sees_none_finds_by_chance(k, n):
    assert found_at_best(k, k, n) == k
    assert found_at_best(0, k, n) == pytest.approx(k * k / n)


def test_found_where_one_of_three_is_seen():
    """The one seen, and each of the 19 others in two of 19 draws: 1 + 2 * 2 / 19."""
    assert found_at_best(1, 3, 20) == pytest.approx(1 + 4 / 19)


@pytest.mark.parametrize("n_seen", [0, 1, 3, 5])
def test_where_all_segments_are_planted_all_are_found(n_seen):
    assert found_at_best(n_seen, 5, 5) == pytest.approx(5)


@pytest.mark.parametrize(("n_seen", "k"), [(0, 2), (1, 2), (1, 3), (2, 3), (2, 4), (0, 6), (3, 3)])
def test_found_is_the_mean_over_all_rankings(n_seen, k):
    """Segments 0 .. k - 1 are planted; of six the ones seen are first, the others in any order."""
    hits = [sum(s < k for s in (*range(n_seen), *rest)[:k]) for rest in permutations(range(n_seen, 6))]
    assert found_at_best(n_seen, k, 6) == pytest.approx(np.mean(hits))


@given(st.integers(2, 20), st.data())
def test_who_sees_more_finds_more(n, data):
    k = data.draw(st.integers(1, n - 1))
    found = [found_at_best(n_seen, k, n) for n_seen in range(k + 1)]
    assert (np.diff(found) > 0).all()
