"""Intervals of any statistic of songs, by drawing whole songs with replacement: the expanded percentile bootstrap.

Percentiles of the draws alone are too narrow with few songs: they miss Student's t and the n / (n - 1) of a variance.
Expanded percentiles (Hesterberg 2015) lie as much further out as both would move them. The draws are seeded, so the
same records always give the same interval; they depend on the order in which the songs are given.
"""

import warnings
from collections.abc import Callable

import numpy as np
from scipy.special import ndtr
from scipy.stats import DegenerateDataWarning, bootstrap

from veracity_bench.reports.statistics.arrays import Floats, Indices
from veracity_bench.reports.statistics.student import t_quantile

RESAMPLES = 2000


def intervals_over_songs(statistic: Callable[[Indices], Floats], songs: int) -> tuple[Floats, Floats] | None:
    """Bound any statistic of songs, (low, high), by the same draws of songs for all of its numbers; None for one song.

    ``statistic`` turns draws of songs, indices (draws, songs), into numbers (..., draws); draws of which it makes NaN
    do not count.
    """
    if songs < 2:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DegenerateDataWarning)  # of NaN, which are left out below
        result = bootstrap(
            (np.arange(songs),),
            lambda drawn, axis: statistic(drawn),
            vectorized=True,
            method="percentile",
            n_resamples=RESAMPLES,
            rng=np.random.default_rng(0),
        )
    outside = share_outside(songs)
    low, high = np.nanquantile(result.bootstrap_distribution, [outside, 1 - outside], axis=-1)
    return low, high


def share_outside(songs: int) -> float:
    """Return which share of the draws of so many songs lies beyond either bound; 2.5 % if they are many."""
    return float(ndtr(-np.sqrt(songs / (songs - 1)) * t_quantile(songs)))
