import numpy as np
import pytest

from veracity_bench.reports.statistics.resampling import intervals_over_songs, share_outside


def test_the_same_draws_bound_several_numbers_at_once():
    """The share of either of two songs is what the other lacks."""
    shares = np.array([[0.0, 1.0], [1.0, 0.0], [0.5, 0.5]])
    low, high = intervals_over_songs(lambda drawn: shares[:, drawn].mean(axis=-1), 2)
    assert (low.tolist(), high.tolist()) == ([0, 0, 0.5], [1, 1, 0.5])
    both = intervals_over_songs(lambda drawn: shares[:2, drawn].mean(axis=-1).sum(axis=0, keepdims=True), 2)
    assert np.ravel(both).tolist() == [1, 1]


def test_draws_without_a_number_do_not_count():
    """Only draws of both songs have a number."""
    low, high = intervals_over_songs(lambda drawn: np.where(np.ptp(drawn, axis=-1) > 0, 3.0, np.nan), 2)
    assert (low, high) == (3, 3)


def test_one_song_bounds_nothing():
    assert intervals_over_songs(lambda drawn: drawn.sum(axis=-1), 1) is None


@pytest.mark.parametrize(("songs", "share"), [(10, 0.0086), (20, 0.0159), (40, 0.0203), (10**6, 0.025)])
def test_few_songs_expand_the_interval(songs, share):
    """The normal probability beyond sqrt(n / (n - 1)) times Student's quantile, such as sqrt(10 / 9) * 2.2622."""
    assert share_outside(songs) == pytest.approx(share, abs=5e-5)


def test_many_songs_give_the_interval_of_their_mean():
    """The mean of 64 coins, half of them heads, deviates by 1 / 16."""
    coins = np.arange(64) % 2
    low, high = intervals_over_songs(lambda drawn: coins[drawn].mean(axis=-1), 64)
    assert (low, high) == pytest.approx((0.5 - 2 / 16, 0.5 + 2 / 16), abs=0.02)
