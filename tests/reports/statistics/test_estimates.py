from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from veracity_bench.reports.statistics.estimates import ENOUGH, Estimate, ratio_over_songs

SONGS = st.lists(st.tuples(st.integers(0, 10), st.integers(10, 30)), min_size=2, max_size=12)


def test_the_ratio_weighs_songs_by_their_excerpts():
    assert ratio_over_songs([1, 6], [2, 8]).value == pytest.approx(7 / 10)


def test_one_song_has_no_interval():
    assert ratio_over_songs([3], [4]) == Estimate(0.75, None)


@pytest.mark.parametrize("songs", [0, 1, 3])
def test_nothing_to_divide_by_has_no_score(songs):
    assert ratio_over_songs([0] * songs, [0] * songs) is None


def test_a_song_that_counts_nothing_changes_nothing():
    assert ratio_over_songs([0, 0.5, 2, 0], [0, 2.5, 2.5, 0]) == ratio_over_songs([0.5, 2], [2.5, 2.5])
    assert ratio_over_songs([0, 3], [0, 4]) == Estimate(0.75, None)


def test_two_songs_leave_a_share_open():
    assert ratio_over_songs([0, 4], [4, 4], 0, 1, cases=2) == Estimate(0.5, (0, 1))


def test_a_ratio_may_be_negative():
    low, high = ratio_over_songs([-1, 0.5, 0], [0.5, 0.5, 1]).interval
    assert low < -0.5 < high


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-inf, 2.9), (3.1, inf)])
def test_a_ratio_outside_of_its_range_is_refused(low, high):
    with pytest.raises(ValueError, match="A ratio of 3 lies outside of its range"):
        ratio_over_songs([6, 3], [2, 1], low, high)


def test_rounding_leaves_a_ratio_within_its_range():
    assert ratio_over_songs([1 + 1e-12] * 2, [1, 1], 0, 1).interval[1] == 1


def test_many_cases_a_song_leave_less_doubt():
    """No flip of one excerpt in each of ten songs, or of twenty in each."""
    one, twenty = (ratio_over_songs([0] * 10, [20] * 10, 0, 1, cases=cases) for cases in (10, 200))
    assert 0 < twenty.interval[1] < one.interval[1]


def test_what_varies_continuously_has_no_further_case():
    """Student's quantile with 2 degrees of freedom is 4.30265, the standard deviation 0.1."""
    assert ratio_over_songs([3, 3, 3], [1, 1, 1], 0, 10) == Estimate(3, (3, 3))
    low, high = ratio_over_songs([0.2, 0.3, 0.4], [1, 1, 1], 0.1, 1).interval
    assert (low, high) == (0.1, pytest.approx(0.3 + 4.30265 * 0.1 / 3**0.5))


def test_cases_need_a_range():
    with pytest.raises(ValueError, match="A ratio of cases needs a range, not -inf to 1"):
        ratio_over_songs([1, 1], [1, 1], high=1, cases=2)


def test_correlated_excerpts_widen_the_interval():
    """The same forty excerpts, half of them hits: less is known if whole songs hit or miss than if each song mixes."""
    mixed, whole = (
        np.ptp(ratio_over_songs(hits, [10] * 4, 0, 1, cases=40).interval) for hits in ([5, 5, 5, 5], [0, 10, 0, 10])
    )
    assert 0 < mixed < whole


@pytest.mark.parametrize(
    ("bar", "side"), [(0.3, 1), (0.4, 0), (0.5, 0), (0.6, 0), (0.7, -1), (-np.inf, 1), (np.inf, -1)]
)
def test_an_interval_lies_on_a_side_of_a_bar(bar, side):
    assert Estimate(0.5, (0.4, 0.6), ENOUGH).side(bar) == side


@pytest.mark.parametrize("estimate", [Estimate(0.5, (0.4, 0.6), ENOUGH - 1), Estimate(0.5, None, ENOUGH)])
def test_a_handful_of_songs_lies_on_no_side(estimate):
    assert estimate.side(0) == 0


@given(SONGS)
def test_the_interval_has_a_width_within_the_range(songs):
    totals, counts = np.array(songs, dtype=float).T
    estimate = ratio_over_songs(totals, counts, 0, 1, cases=20)
    low, high = estimate.interval
    assert 0 <= low <= estimate.value <= high <= 1
    assert high - low > 0.01


@given(SONGS, st.randoms())
def test_the_order_of_songs_changes_nothing(songs, random):
    shuffled = random.sample(songs, len(songs))
    one, other = (ratio_over_songs(*np.transpose(order), 0, 1, cases=20) for order in (songs, shuffled))
    assert one == other


@given(SONGS)
def test_what_is_not_flipped_has_the_interval_mirrored(songs):
    totals, counts = np.transpose(songs)
    low, high = ratio_over_songs(totals, counts, 0, 1, cases=20).interval
    assert ratio_over_songs(counts - totals, counts, 0, 1, cases=20).interval == pytest.approx((1 - high, 1 - low))


@given(SONGS, st.floats(0.1, 10), st.floats(-5, 5))
def test_another_scale_has_the_interval_scaled(songs, factor, shift):
    totals, counts = np.array(songs, dtype=float).T
    low, high = ratio_over_songs(totals, counts, 0, 1, cases=20).interval
    scaled = ratio_over_songs(factor * totals + shift * counts, counts, shift, factor + shift, cases=20)
    assert scaled.interval == pytest.approx((factor * low + shift, factor * high + shift))
