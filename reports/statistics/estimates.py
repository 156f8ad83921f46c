"""How sure is a score? Intervals that know that excerpts of one song are not independent.

A score is a ratio over songs: sum of totals / sum of counts, for instance flips / excerpts. The bootstrap draws whole
songs with replacement and takes the ratio again; the middle 95 % of these ratios are the interval. It is seeded, so the
same records always give the same interval. That of a ratio is blind to the order and the names of the songs, too; other
statistics draw songs in the order that they are given.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import DegenerateDataWarning, bootstrap

RESAMPLES = 2000
CONFIDENCE = 0.95
ENOUGH = 6  # songs that decide something: five agree by chance in 2 of 2^5 cases, which is more than 5 %

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Estimate:
    """A score and its interval (low, high), in the score's unit, of so many songs; one alone gives no interval."""

    value: float
    interval: tuple[float, float] | None
    songs: int = field(default=0, compare=False)

    def side(self, bar: float) -> int:
        """Return 1 or -1 where the interval lies above or below a bar, else 0; a handful of songs decides nothing."""
        if self.interval is None or self.songs < ENOUGH:
            return 0
        low, high = self.interval
        return int(low > bar) - int(high < bar)


def ratio_over_songs(totals: npt.ArrayLike, counts: npt.ArrayLike) -> Estimate | None:
    """Estimate sum(totals) / sum(counts) with the cluster bootstrap; None if there is nothing to divide by.

    ``totals`` and ``counts`` hold one number per song: the sum of its values, and how many they are or what else they
    are a share of (any number >= 0). A song that counts 0 does not bear on the ratio and is left out.
    """
    sums, sizes = np.asarray(totals, dtype=float), np.asarray(counts, dtype=float)
    sums, sizes = sums[sizes > 0], sizes[sizes > 0]
    if sums.size == 0:
        return None
    order = np.lexsort((sums, sizes))
    sums, sizes = sums[order], sizes[order]
    interval = _interval(sums, sizes) if sums.size > 1 else None
    return Estimate(float(_ratio(sums, sizes, -1)), interval, sums.size)


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
    outside = (1 - CONFIDENCE) / 2
    low, high = np.nanquantile(result.bootstrap_distribution, [outside, 1 - outside], axis=-1)
    return low, high


def _ratio(sums: Floats, sizes: Floats, axis: int) -> Any:
    return sums.sum(axis=axis) / sizes.sum(axis=axis)


def _interval(sums: Floats, sizes: Floats) -> tuple[float, float]:
    result = bootstrap(
        (sums, sizes),
        _ratio,
        paired=True,
        vectorized=True,
        method="percentile",  # BCa, the default, is undefined (and warns) where all songs agree
        n_resamples=RESAMPLES,
        confidence_level=CONFIDENCE,
        rng=np.random.default_rng(0),
    )
    low, high = sorted(map(float, result.confidence_interval))  # rounding may swap them where all songs agree
    return low, high
