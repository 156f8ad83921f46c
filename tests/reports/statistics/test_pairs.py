import numpy as np
import pandas as pd
import pytest
from scipy.stats import permutation_test

from veracity_bench.reports.statistics.pairs import Pairs


def pairs(twins=None, **flips):
    """The mean flips of explainers in songs 0, 1, .., one case each."""
    songs = range(len(next(iter(flips.values()))))
    index = pd.MultiIndex.from_tuples([("waveform", "x", str(song), 0) for song in songs], names=PLACE)
    return Pairs(pd.DataFrame(flips, index=index, dtype=float), twins or {})


PLACE = ["attack", "direction", "song", "case"]


def test_six_songs_that_agree_reach_the_least_p():
    """Of the 64 choices of signs, two are as extreme as all alike."""
    compared = pairs(good=[1] * 6, bad=[0] * 6)
    assert compared.p_values == {("good", "bad"): 2 / 64}
    assert compared.least_p == 2 / 64
    assert (compared.sign("good", "bad"), compared.sign("bad", "good")) == (1, -1)


def test_holm_by_hand():
    """p = 2/64 for the two clear pairs, 1 for the tie: 3 * 2/64 = 6/64 for the least, and none smaller after it."""
    compared = pairs(good=[1] * 6, same=[1] * 6, bad=[0] * 6)
    assert compared.p_values == {("good", "same"): 1, ("good", "bad"): 6 / 64, ("same", "bad"): 6 / 64}
    assert compared.least_p == 6 / 64
    assert compared.sign("good", "bad") == 0


def test_a_song_that_disagrees_makes_the_test_doubt():
    """Sums as extreme as 1 + 1 + 1 - 1/2: all alike and this one, on both sides, of the 16."""
    assert pairs(a=[1, 1, 1, 0], b=[0, 0, 0, 0.5]).p_values == {("a", "b"): 4 / 16}


def test_the_units_are_songs_however_many_excerpts_they_have():
    index = pd.MultiIndex.from_tuples([("waveform", "x", song, i) for song in "ab" for i in range(50)], names=PLACE)
    compared = Pairs(pd.DataFrame({"good": 1.0, "bad": 0.0}, index=index))
    assert (compared.songs, compared.p_values) == (2, {("good", "bad"): 0.5})


def test_one_song_tells_nothing():
    assert pairs(good=[1], bad=[0]).p_values == {("good", "bad"): 1}
    assert pairs(good=[1], bad=[0]).least_p == 1


def test_twins_are_tested_once_and_do_not_differ():
    compared = pairs({"twin": "good"}, good=[1] * 6, twin=[1] * 6, bad=[0] * 6)
    assert compared.p_values == {("good", "bad"): 2 / 64}
    assert (compared.sign("twin", "bad"), compared.sign("twin", "good"), compared.sign("bad", "twin")) == (1, 0, -1)


def test_the_twin_of_one_that_does_not_compete_competes():
    assert pairs({"twin": "failed"}, twin=[1] * 6, bad=[0] * 6).sign("twin", "bad") == 1


def test_one_explainer_has_nobody_to_differ_from():
    assert pairs(only=[1, 0]).p_values == {}


@pytest.mark.parametrize("songs", [5, 9])
def test_all_pairs_at_once_are_the_pairs_one_by_one(songs):
    rng = np.random.default_rng(0)
    flips = {name: rng.integers(0, 5, songs) / 4 for name in "abc"}
    compared = pairs(**flips)
    single = [
        permutation_test((flips[one] - flips[other],), np.mean, permutation_type="samples").pvalue
        for one, other in ("ab", "ac", "bc")
    ]
    order = np.argsort(single)
    holm = np.minimum(1, np.maximum.accumulate(np.array(single)[order] * [3, 2, 1]))
    assert np.array(list(compared.p_values.values()))[order] == pytest.approx(holm)
