from math import inf, sqrt

import numpy as np
import pytest
from scipy.stats import binomtest
from scipy.stats import t as student

from veracity_bench.reports.statistics.jackknife import LIKENESS, jackknife_interval

T3 = 3.182446305284263  # Student's 97.5 % quantile with 3 degrees of freedom


def interval(sums, sizes, low=-inf, high=inf, case=None):
    """Bound a single ratio, by default one that is not bounded and varies continuously."""
    return jackknife_interval(np.array(sums, dtype=float), np.array(sizes, dtype=float), low, high, case)


def test_songs_of_one_size_give_students_interval_of_their_mean():
    """Mean 2.5, variance (1.5^2 + 0.5^2) * 2 / 3 = 5 / 3."""
    reach = T3 * sqrt(5 / 3 / 4)
    assert interval([1, 2, 3, 4], [1] * 4) == pytest.approx((2.5 - reach, 2.5 + reach))
    assert interval([1, 2, 3, 4], [1] * 4) == pytest.approx(student.interval(0.95, 3, 2.5, sqrt(5 / 12)))


def test_songs_of_several_sizes_by_hand():
    """Ratio 4 / 6; without a song 3 / 5, 2 / 4, 4 / 4, 3 / 5; squares of deviations from it 1/225, 1/36, 1/9, 1/225."""
    reach = T3 * sqrt(3 / 4 * (1 / 225 + 1 / 36 + 1 / 9 + 1 / 225))
    below, above = interval([1, 2, 0, 1], [1, 2, 2, 1])
    assert (below, above) == pytest.approx((2 / 3 - reach, 2 / 3 + reach))


def test_each_bound_has_a_further_case_at_its_end():
    """Below 1, 1, 2, 2, 2, 2, 2 and a 0: mean 12 / 8, variance 4 / 7; above with a 4: mean 16 / 8, variance 6 / 7."""
    below, above = interval([1, 1, 2, 2, 2, 2, 2], [1] * 7, low=0, high=4, case=1)
    t = student.ppf(0.975, 7)
    assert below == pytest.approx(12 / 8 - t * sqrt(4 / 7 / 8))
    assert above == pytest.approx(16 / 8 + t * sqrt(6 / 7 / 8))


def test_the_interval_ends_where_the_range_does():
    assert interval([0, 1, 1], [1] * 3, low=0, high=2, case=1) == (0, 2)


def test_a_range_without_a_case_only_cuts_the_interval():
    values = [0.2, 0.4, 0.3, 0.3], [1] * 4
    below, above = interval(*values)
    assert interval(*values, low=0, high=1) == interval(*values, high=1) == (below, above)
    assert interval(*values, low=0.19, high=0.41) == (0.19, 0.41)


@pytest.mark.parametrize("songs", [6, 16, 50, 200])
def test_songs_that_agree_give_the_rule_of_three(songs):
    """Of n songs none: (1 + t) / (n + 1), near the exact 95 % bound 1 - 0.05^(1 / n), which is about 3 / n."""
    t = student.ppf(0.975, songs)
    assert interval([0] * songs, [1] * songs, 0, 1, 1) == pytest.approx((0, (1 + t) / (songs + 1)))
    exact = binomtest(0, songs, alternative="less").proportion_ci(0.95).high
    assert exact * 0.99 < interval([0] * songs, [1] * songs, 0, 1, 1)[1] < exact * 1.26
    assert interval([1] * songs, [1] * songs, 0, 1, 1) == pytest.approx((1 - (1 + t) / (songs + 1), 1))


def test_songs_that_agree_within_the_range_leave_both_sides_open():
    below, above = interval([0] * 6, [1] * 6, -1, 1, 1)
    assert -1 < below == -above < 0


def test_what_never_varies_has_no_width_without_a_case():
    assert interval([3] * 6, [1] * 6) == pytest.approx((3, 3))


def test_a_song_of_several_cases_is_worth_fewer():
    """Four cases a song, all of size 1: three quarters of a case and a quarter of a song, (3 + 4) / 4."""
    assert LIKENESS == 0.25
    weight, t = 7 / 4, student.ppf(0.975, 6)
    without = weight / (20 + weight)  # six times the share without one of the six songs, once 0 without the case
    share = weight / (24 + weight)
    reach = t * sqrt(6 / 7 * (6 * (without - share) ** 2 + share**2))
    assert interval([0] * 6, [4] * 6, 0, 1, 1)[1] == pytest.approx(share + reach)


def test_many_boards_are_bounded_at_once():
    rng = np.random.default_rng(0)
    sizes = rng.integers(1, 5, (3, 5, 8)).astype(float)
    sums, case = rng.random(sizes.shape) * sizes, rng.random((3, 5))
    together = jackknife_interval(sums, sizes, 0, 1, case)
    alone = [[interval(sums[i, j], sizes[i, j], 0, 1, case[i, j]) for j in range(5)] for i in range(3)]
    assert np.moveaxis(together, 0, -1) == pytest.approx(np.array(alone))


@pytest.mark.parametrize(("hits", "songs"), [(8, 16), (25, 50), (5, 50), (3, 16)])
def test_songs_of_one_case_come_near_the_exact_interval(hits, songs):
    exact = binomtest(hits, songs).proportion_ci(0.95)
    found = interval([1] * hits + [0] * (songs - hits), [1] * songs, 0, 1, 1)
    assert found == pytest.approx((exact.low, exact.high), abs=0.06)
