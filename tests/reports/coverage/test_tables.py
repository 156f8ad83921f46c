"""A small and fast version of the simulation behind docs/statistics.md."""

from functools import partial

import numpy as np
import pytest

from veracity_bench.reports.coverage import tables as coverage
from veracity_bench.reports.coverage.other_intervals import percentile_bootstrap
from veracity_bench.reports.coverage.simulated_songs import SimulatedSongs, differences, normalised_flips, shares
from veracity_bench.reports.coverage.tables import (
    Coverage,
    jackknife,
    plain_jackknife,
    simulate,
)

BOARDS = 4000
CHANCE = 0.01  # three standard errors of a coverage of 0.95 among so many boards


def covered(method, draw, songs):
    return Coverage.measure(method, simulate(draw, songs, BOARDS)).both


@pytest.mark.parametrize("songs", [6, 16, 50])
@pytest.mark.parametrize("share", [0.03, 0.1, 0.5, 0.9])
@pytest.mark.parametrize("likeness", [0, 0.15, 0.3])
def test_the_intervals_of_shares_cover(songs, share, likeness):
    assert covered(jackknife, partial(shares, share=share, likeness=likeness), songs) > 0.95 - CHANCE


@pytest.mark.parametrize("songs", [6, 16, 50])
@pytest.mark.parametrize("difference", [0, 0.05, 0.2])
def test_the_intervals_of_differences_cover(songs, difference):
    draw = partial(differences, share=0.3, difference=difference, agreement=0.8)
    assert covered(jackknife, draw, songs) > 0.95 - CHANCE


@pytest.mark.parametrize("songs", [6, 16, 50])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.95])
def test_the_intervals_of_normalised_flips_cover(songs, share):
    assert covered(jackknife, partial(normalised_flips, share=share), songs) > 0.95 - CHANCE


def test_they_are_not_much_too_wide_where_songs_are_many():
    assert covered(jackknife, partial(shares, share=0.5, likeness=0.15), 50) < 0.975
    assert covered(plain_jackknife, partial(shares, share=0.5, likeness=0.15), 50) < 0.96


def test_the_bootstrap_does_not_cover_a_small_share_of_few_songs():
    assert covered(percentile_bootstrap, partial(shares, share=0.03, likeness=0.15), 6) < 0.4


def test_coverage_by_hand():
    """Three boards, whose intervals lie below, around and above the truth."""
    bounds = np.array([0.1, 0.4, 0.6]), np.array([0.3, 0.6, 0.7])
    songs = SimulatedSongs(np.zeros((3, 2)), np.ones((3, 2)), 0.5, 0, 1, np.full(3, 2))
    found = Coverage.measure(lambda _: bounds, songs)
    assert (found.lower, found.upper, found.both) == pytest.approx((2 / 3, 2 / 3, 1 / 3))
    assert found.width == pytest.approx(0.5 / 3)


def test_the_report_has_a_row_for_each_share_and_number_of_songs(monkeypatch):
    monkeypatch.setattr(coverage, "BOARDS", 20)
    monkeypatch.setattr(coverage, "SONGS", (6,))
    tables = coverage.report().split("\n\n")
    assert [len(table.splitlines()) - 2 for table in tables] == [8, 6, 4, 15]
