import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from veracity_bench.reports.statistics.estimates import ENOUGH, Estimate, intervals_over_songs, ratio_over_songs

SONGS = st.lists(st.tuples(st.integers(0, 10), st.integers(10, 30)), min_size=2, max_size=12)


def test_the_ratio_weighs_songs_by_their_excerpts():
    assert ratio_over_songs([1, 6], [2, 8]).value == pytest.approx(7 / 10)


def test_the_interval_of_two_songs_spans_both():
    """Of the four equally likely draws two are mixed, one in four is all the one song, one in four all the other."""
    assert ratio_over_songs([0, 4], [4, 4]) == Estimate(0.5, (0.0, 1.0))


def test_the_interval_matches_its_binomial_distribution():
    """64 songs of one excerpt, half of them hits: the resampled share is Binomial(64, 1/2) / 64, sd 1/16."""
    low, high = ratio_over_songs([0, 1] * 32, [1] * 64).interval
    assert (low, high) == pytest.approx((0.5 - 1.96 / 16, 0.5 + 1.96 / 16), abs=0.02)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_songs_that_agree_leave_no_doubt(share):
    assert ratio_over_songs([10 * share] * 5, [10] * 5) == Estimate(share, (share, share))


def test_one_song_has_no_interval():
    assert ratio_over_songs([3], [4]) == Estimate(0.75, None)


@pytest.mark.parametrize("songs", [0, 1, 3])
def test_nothing_to_divide_by_has_no_score(songs):
    assert ratio_over_songs([0] * songs, [0] * songs) is None


def test_a_song_that_counts_nothing_changes_nothing():
    """Else a resample of that song alone would be 0 / 0."""
    assert ratio_over_songs([0, 0.5, 2, 0], [0, 2.5, 2.5, 0]) == ratio_over_songs([0.5, 2], [2.5, 2.5])
    assert ratio_over_songs([0, 3], [0, 4]) == Estimate(0.75, None)


def test_a_ratio_may_be_negative():
    assert ratio_over_songs([-1, 0.5], [0.5, 0.5]) == Estimate(-0.5, (-2.0, 1.0))


def test_correlated_excerpts_widen_the_interval():
    """The same forty excerpts, half of them hits: less is known if whole songs hit or miss than if each song mixes."""
    mixed, whole = (np.ptp(ratio_over_songs(hits, [10] * 4).interval) for hits in ([5, 5, 5, 5], [0, 10, 0, 10]))
    assert mixed == 0 < whole


def test_the_same_draws_bound_several_numbers_at_once():
    """The share of either of two songs is what the other lacks."""
    shares = np.array([[0.0, 1.0], [1.0, 0.0], [0.5, 0.5]])
    low, high = intervals_over_songs(lambda drawn: shares[:, drawn].mean(axis=-1), 2)
    assert (low.tolist(), high.tolist()) == ([0, 0, 0.5], [1, 1, 0.5])
    both = intervals_over_songs(lambda drawn: shares[:2, drawn].mean(axis=-1).sum(axis=0, keepdims=True), 2)
    assert np.ravel(both).tolist() == [1, 1]


def test_draws_that_say_nothing_do_not_count():
    """Only draws of both songs have a number."""
    low, high = intervals_over_songs(lambda drawn: np.where(np.ptp(drawn, axis=-1) > 0, 3.0, np.nan), 2)
    assert (low, high) == (3, 3)


def test_one_song_bounds_nothing():
    assert intervals_over_songs(lambda drawn: drawn.sum(axis=-1), 1) is None


@pytest.mark.parametrize(
    ("bar", "side"), [(0.3, 1), (0.4, 0), (0.5, 0), (0.6, 0), (0.7, -1), (-np.inf, 1), (np.inf, -1)]
)
def test_an_interval_lies_on_a_side_of_a_bar(bar, side):
    assert Estimate(0.5, (0.4, 0.6), ENOUGH).side(bar) == side


@pytest.mark.parametrize("estimate", [Estimate(0.5, (0.4, 0.6), ENOUGH - 1), Estimate(0.5, None, ENOUGH)])
def test_a_handful_of_songs_lies_on_no_side(estimate):
    assert estimate.side(0) == 0


@given(SONGS)
def test_the_interval_stays_within_the_songs(songs):
    totals, counts = np.array(songs, dtype=float).T
    estimate = ratio_over_songs(totals, counts)
    low, high = estimate.interval
    shares = totals / counts
    tolerance = 1e-12
    assert shares.min() - tolerance <= low <= high <= shares.max() + tolerance
    assert shares.min() - tolerance <= estimate.value <= shares.max() + tolerance


@given(SONGS, st.randoms())
def test_the_order_of_songs_changes_nothing(songs, random):
    shuffled = random.sample(songs, len(songs))
    assert ratio_over_songs(*np.transpose(songs)) == ratio_over_songs(*np.transpose(shuffled))
