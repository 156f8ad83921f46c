import tracemalloc
from functools import cache

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from veracity_bench.reports.statistics.auroc import auroc
from veracity_bench.reports.statistics.estimates import Estimate
from veracity_bench.reports.statistics.resampling import intervals_over_songs


@pytest.mark.parametrize(("values", "area"), [([0.9, 0.8, 0.1, 0.2], 1), ([1, 1, 1, 1], 0.5), ([0, 0.1, 0.9, 0.8], 0)])
def test_perfect_useless_and_inverted_signs(values, area):
    assert auroc(values, [True, True, False, False], list("abab"), ["w"] * 4) == Estimate(area, (area, area))


def test_the_area_by_hand():
    """Of the four pairs two are won, one is a tie, one is lost."""
    assert auroc([0.9, 0.2, 0.2, 0.5], [True, True, False, False], list("aaaa"), ["w"] * 4) == Estimate(2.5 / 4, None)


@pytest.mark.parametrize("right", [[True, True], [False, False], []])
def test_one_class_alone_has_no_area(right):
    assert auroc([0.5] * len(right), right, ["a", "b"][: len(right)], ["w"] * len(right)) is None


def test_draws_of_one_class_do_not_count():
    """All that is right is in songs a and b, all that is wrong in c and d: whatever draw has both agrees."""
    estimate = auroc([0.9, 0.8, 0.2, 0.1], [True, True, False, False], list("abcd"), ["w"] * 4)
    assert (estimate, estimate.songs) == (Estimate(1, (1, 1)), 2)


def test_a_class_of_one_song_gives_no_interval():
    estimate = auroc([0.9, 0.1, 0.2], [True, False, False], list("abc"), ["w"] * 3)
    assert (estimate, estimate.songs) == (Estimate(1, None), 1)


def test_only_pairs_of_a_condition_count():
    """Both pairs are won; the right one of the first condition would lose to the wrong one of the second."""
    values, right = [0.2, 0.1, 0.9, 0.8], [True, False, True, False]
    assert auroc(values, right, list("aabb"), list("wwss")).value == 1


def test_a_condition_of_one_class_is_no_evidence():
    assert auroc([0.1, 0.9], [True, False], list("ab"), list("ws")) is None
    assert auroc([0.1, 0.9, 0.2], [True, False, False], list("aab"), list("wsw")).songs == 1


def test_many_songs_take_little_memory():
    songs = np.arange(1200) % 300
    tracemalloc.start()
    low, high = auroc(songs % 7, songs % 2 == 0, songs, songs % 4 // 2).interval
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert low < high
    assert peak < 100e6


@pytest.mark.parametrize("seed", range(4))
def test_draws_of_songs_are_those_songs_again(seed):
    """The interval is that of the library's area on the excerpts of the songs drawn, a song as often as it is drawn."""
    rng = np.random.default_rng(seed)
    values, right, songs = rng.integers(0, 5, 12), rng.random(12) < 0.5, rng.integers(0, 3, 12)

    @cache
    def area(*drawn):
        rows = np.concatenate([np.flatnonzero(songs == song) for song in drawn])
        return roc_auc_score(right[rows], values[rows]) if len(set(right[rows])) == 2 else np.nan

    low, high = intervals_over_songs(lambda drawn: np.apply_along_axis(lambda d: area(*np.sort(d)), -1, drawn), 3)
    assert auroc(values, right, songs, ["w"] * 12).interval == pytest.approx((low, high))
