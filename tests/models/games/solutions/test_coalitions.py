from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from veracity_bench.models.games.solutions.coalitions import (
    masks,
    n_segments,
    numbers,
    sizes,
    subsets,
    sums_with,
    sums_with_pairs,
)

COALITIONS = st.integers(1, 24).flatmap(
    lambda n: st.tuples(st.just(n), st.lists(st.integers(0, 2**n - 1), min_size=1, max_size=20))
)
TABLES = st.integers(0, 7).flatmap(
    lambda n: hnp.arrays(np.float64, 2**n, elements=st.integers(-1000, 1000).map(float))
)  # whole numbers, whose sums are exact in any order


def test_segment_s_is_bit_s():
    assert masks([0, 1, 6, 8], 4).tolist() == [[0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1]]
    assert numbers([[0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1]]).tolist() == [0, 1, 6, 8]


def test_a_single_mask_or_a_stack_of_them_has_numbers_too():
    assert numbers([1, 0, 1]) == 5
    assert numbers(np.ones((2, 3, 4), bool)).tolist() == [[15] * 3] * 2


@pytest.mark.parametrize("kind", [bool, np.uint8, np.int64, np.float32, np.float64])
def test_masks_may_be_of_any_type(kind):
    """Twenty segments do not fit into eight bits, nor does their sum have to."""
    assert numbers(np.ones((1, 20), kind)).tolist() == [2**20 - 1]


@given(COALITIONS)
def test_masks_and_numbers_are_inverse(drawn):
    n, coalitions = drawn
    assert masks(coalitions, n).shape == (len(coalitions), n)
    assert numbers(masks(coalitions, n)).tolist() == coalitions


@given(COALITIONS)
def test_masks_hold_as_many_segments_as_numbers_have_bits(drawn):
    n, coalitions = drawn
    assert masks(coalitions, n).sum(axis=1).tolist() == [coalition.bit_count() for coalition in coalitions]


@pytest.mark.parametrize(
    ("segments", "expected"),
    [([1, 3], [0, 2, 8, 10]), ([3, 1], [0, 8, 2, 10]), ([5], [0, 32]), ([], [0]), ((0, 1, 2), list(range(8)))],
)
def test_subsets_by_hand(segments, expected):
    assert subsets(segments).tolist() == expected


@given(st.lists(st.integers(0, 19), max_size=6, unique=True))
def test_subsets_are_all_combinations(segments):
    every = [sum(2**s for s in some) for k in range(len(segments) + 1) for some in combinations(segments, k)]
    assert sorted(subsets(segments)) == sorted(every)


@pytest.mark.parametrize("n", range(11))
def test_sizes_count_bits(n):
    assert sizes(n).tolist() == [coalition.bit_count() for coalition in range(2**n)]


def test_nobody_can_change_the_sizes_that_all_share():
    assert sizes(4) is sizes(4)
    with pytest.raises(ValueError, match="read-only"):
        sizes(4)[0] = 1


@pytest.mark.parametrize("n", [0, 1, 2, 10])
def test_a_table_tells_its_number_of_segments(n):
    assert n_segments(np.zeros(2**n, bool)) == n


@pytest.mark.parametrize("shape", [0, 3, 6, 7, 9, 1023, (4, 1), (1, 4), (2, 2)], ids=str)
def test_any_other_shape_is_refused(shape):
    with pytest.raises(ValueError, match="one number per coalition"):
        n_segments(np.zeros(shape))


@pytest.mark.parametrize("sums", [sums_with, sums_with_pairs])
def test_sums_of_any_other_shape_are_refused(sums):
    with pytest.raises(ValueError, match="one number per coalition"):
        sums(np.zeros(12))


def test_sums_by_hand():
    """Segment 0 is in coalitions 1, 3, 5, 7; segments 1 and 2 are together in 6 and 7."""
    table = 2.0 ** np.arange(8)
    assert sums_with(table).tolist() == [2 + 8 + 32 + 128, 4 + 8 + 64 + 128, 16 + 32 + 64 + 128]
    assert sums_with_pairs(table).tolist() == [[170, 136, 160], [136, 204, 192], [160, 192, 240]]


def test_sums_without_any_or_with_one_segment():
    assert sums_with(np.array([7.0])).shape == (0,)
    assert sums_with_pairs(np.array([7.0])).shape == (0, 0)
    assert sums_with(np.array([7.0, 5.0])).tolist() == [5]
    assert sums_with_pairs(np.array([7.0, 5.0])).tolist() == [[5]]


@given(TABLES)
def test_sums_are_those_over_the_masks(table):
    every = masks(np.arange(len(table)), n_segments(table))
    assert sums_with(table).tolist() == (every.T @ table).tolist()
    assert sums_with_pairs(table).tolist() == ((every.T * table) @ every).tolist()


@given(TABLES)
def test_summing_leaves_the_table_alone(table):
    before = table.copy()
    sums_with(table), sums_with_pairs(table)
    assert (table == before).all()
