"""Intervals that the board could have and does not, to measure its own beside them: see `coverage`."""

import numpy as np
from scipy.special import betaincinv, ndtri

from veracity_bench.reports.coverage.simulated_songs import SimulatedSongs
from veracity_bench.reports.statistics.arrays import Floats
from veracity_bench.reports.statistics.resampling import share_outside
from veracity_bench.reports.statistics.student import CONFIDENCE, t_quantile

RESAMPLES = 1000
AT_ONCE = 500  # boards, whose draws fit the memory
OUTSIDE = (1 - CONFIDENCE) / 2

Bounds = tuple[Floats, Floats]


def percentile_bootstrap(songs: SimulatedSongs) -> Bounds:
    """Bound ratios by the middle of the ratios of songs drawn with replacement."""
    return _percentiles(songs, OUTSIDE)


def expanded_bootstrap(songs: SimulatedSongs) -> Bounds:
    """Bound ratios by percentiles further out, as Hesterberg (2015) has them."""
    return _percentiles(songs, share_outside(songs.totals.shape[1]))


def wilson(songs: SimulatedSongs) -> Bounds:
    """Bound shares by the score interval of as many independent cases as have the same variance, with Student's t."""
    share, cases = _effective_cases(songs)
    t = t_quantile(songs.totals.shape[1])
    centre = (share + t**2 / (2 * cases)) / (1 + t**2 / cases)
    reach = t / (1 + t**2 / cases) * np.sqrt(share * (1 - share) / cases + (t / (2 * cases)) ** 2)
    return centre - reach, centre + reach


def korn_graubard(songs: SimulatedSongs) -> Bounds:
    """Bound shares by the exact interval of as many cases as have the same variance, fewer by Student's t."""
    share, cases = _effective_cases(songs)
    cases = cases * (ndtri(1 - OUTSIDE) / t_quantile(songs.totals.shape[1])) ** 2
    hits = share * cases
    low = np.where(hits > 0, betaincinv(np.maximum(hits, 1e-9), cases - hits + 1, OUTSIDE), 0)
    high = np.where(hits < cases, betaincinv(hits + 1, np.maximum(cases - hits, 1e-9), 1 - OUTSIDE), 1)
    return low, high


def _percentiles(songs: SimulatedSongs, outside: float) -> Bounds:
    """Take the same draws for all boards."""
    count = songs.totals.shape[1]
    times = np.random.default_rng(0).multinomial(count, np.full(count, 1 / count), RESAMPLES).T.astype(float)
    parts = range(0, len(songs.totals), AT_ONCE)
    ratios = ((songs.totals[i : i + AT_ONCE] @ times) / (songs.counts[i : i + AT_ONCE] @ times) for i in parts)
    low, high = np.concatenate([np.quantile(part, [outside, 1 - outside], axis=1) for part in ratios], axis=1)
    return low, high


def _effective_cases(songs: SimulatedSongs) -> Bounds:
    """Return the shares, and share * (1 - share) / variance: at most the cases there are, the songs if all agree."""
    count, size = songs.totals.shape[1], songs.counts.sum(axis=-1)
    share = songs.totals.sum(axis=-1) / size
    residuals = songs.totals - share[:, None] * songs.counts
    variance = count / (count - 1) * (residuals**2).sum(axis=-1) / size**2
    agree = variance < 1e-12
    cases = np.divide(share * (1 - share), variance, out=np.full(share.shape, float(count)), where=~agree)
    return share, np.minimum(cases, songs.cases)
