import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from veracity_bench.reports.coverage.other_intervals import (
    expanded_bootstrap,
    korn_graubard,
    percentile_bootstrap,
    wilson,
)
from veracity_bench.reports.coverage.simulated_songs import SimulatedSongs


def coins(heads, songs):
    totals = np.repeat([[1.0, 0.0]], [heads, songs - heads], axis=1)
    return SimulatedSongs(totals, np.ones((1, songs)), 0.5, 0, 1, np.array([songs]))


@pytest.mark.parametrize(("method", "name"), [(wilson, "wilson"), (korn_graubard, "beta")])
def test_very_many_songs_of_one_case_give_the_binomial_interval(method, name):
    low, high = method(coins(900, 2000))
    assert (low[0], high[0]) == pytest.approx(proportion_confint(900, 2000, method=name), abs=1e-4)


@pytest.mark.parametrize("method", [wilson, korn_graubard])
def test_songs_that_agree_count_as_cases(method):
    low, high = method(coins(0, 10))
    assert low[0] == pytest.approx(0, abs=1e-12)
    assert 0.2 < high[0] < 0.5


def test_the_bootstrap_matches_its_binomial_distribution():
    """64 songs of one case, half of them hits: the resampled share is Binomial(64, 1/2) / 64, sd 1/16."""
    low, high = percentile_bootstrap(coins(32, 64))
    assert (low[0], high[0]) == pytest.approx((0.5 - 1.96 / 16, 0.5 + 1.96 / 16), abs=0.02)
    assert percentile_bootstrap(coins(0, 6)) == (0, 0)


def test_the_expanded_bootstrap_is_wider():
    songs = SimulatedSongs(np.arange(6.0)[None] ** 2, np.ones((1, 6)), 0, 0, 1, np.array([6]))
    (low, high), (lower, higher) = (method(songs) for method in (percentile_bootstrap, expanded_bootstrap))
    assert lower < low < high < higher
