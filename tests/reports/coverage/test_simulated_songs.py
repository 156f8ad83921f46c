from functools import partial

import numpy as np
import pytest

from veracity_bench.reports.coverage import simulated_songs as simulated

DRAWS = [
    partial(simulated.shares, share=0.1, likeness=0),
    partial(simulated.shares, share=0.32, likeness=0.3),
    partial(simulated.differences, share=0.3, difference=0.2, agreement=0.5),
    partial(simulated.normalised_flips, share=0.2),
    partial(simulated.heavy_tailed_ratios, spread=0.5),
    partial(simulated.continuous, mean=0.9, deviation=0.1),
]


@pytest.mark.parametrize("draw", DRAWS)
def test_the_truth_is_the_ratio_of_very_many_songs(draw):
    songs = draw(np.random.default_rng(0), (1, 200_000))
    assert songs.totals.sum() / songs.counts.sum() == pytest.approx(songs.truth, abs=0.01)
    assert 1 <= songs.cases[0] / 200_000 <= 4


@pytest.mark.parametrize("likeness", [0, 0.3])
def test_cases_of_a_song_correlate(likeness):
    """Two cases a song: P(both) = p^2 + likeness * p * (1 - p)."""
    songs = simulated.shares(np.random.default_rng(0), (1, 200_000), 0.5, likeness, cases=(2,))
    assert np.mean(songs.totals == 2) == pytest.approx(0.25 + likeness / 4, abs=0.01)


def test_explainers_that_always_agree_do_not_differ():
    assert not simulated.differences(np.random.default_rng(0), (10, 10), 0.5, 0, agreement=1).totals.any()
