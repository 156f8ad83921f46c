"""How sure is a score? Intervals that know that excerpts of one song are not independent.

A score is a ratio over songs: sum of totals / sum of counts, for instance flips / excerpts. Songs are the independent
units: its interval comes from how much the ratio changes when a song is left out, and from the range that it can lie in
(`jackknife`). It is blind to the order and the names of the songs. Other statistics are bounded by drawing songs
(`resampling`).
"""

from dataclasses import dataclass, field
from math import inf, isfinite

import numpy as np
import numpy.typing as npt

from veracity_bench.reports.statistics.arrays import Floats
from veracity_bench.reports.statistics.jackknife import jackknife_interval

ENOUGH = 6  # songs that decide something: five agree by chance in 2 of 2^5 cases, which is more than 5 %
ROUNDING = 1e-9  # by which a ratio may lie outside of its range


@dataclass(frozen=True)
class Estimate:
    """A score and its interval (low, high), in the score's unit, of so many songs; one alone gives no interval.

    ``between`` are the ends that it lies between where it is not known exactly, of which ``value`` is the lower.
    """

    value: float
    interval: tuple[float, float] | None
    songs: int = field(default=0, compare=False)
    between: tuple[float, float] | None = None

    def side(self, bar: float) -> int:
        """Return 1 or -1 where the interval lies above or below a bar, else 0; a handful of songs decides nothing."""
        if self.interval is None or self.songs < ENOUGH:
            return 0
        low, high = self.interval
        return int(low > bar) - int(high < bar)


def ratio_over_songs(
    totals: npt.ArrayLike, counts: npt.ArrayLike, low: float = -inf, high: float = inf, cases: int | None = None
) -> Estimate | None:
    """Estimate sum(totals) / sum(counts) with an interval over songs; None if there is nothing to divide by.

    ``totals`` and ``counts`` hold one number per song: the sum of its values, and how many they are or what else they
    are a share of (any number >= 0). A song that counts 0 does not bear on the ratio and is left out.

    ``low`` and ``high`` are the ends of the range that the ratio can lie in, such as 0 and 1 for shares, -1 and 1 for
    their differences; infinite if there are none. Where a case takes one of few values, such as 0 or 1, songs may agree
    by chance: give ``cases``, how many all songs have together, and the interval has a width even if they do.

    Raises ValueError if the ratio lies outside of its range, or if there are cases and no range.
    """
    sums, sizes = np.asarray(totals, dtype=float), np.asarray(counts, dtype=float)
    sums, sizes = sums[sizes > 0], sizes[sizes > 0]
    if sums.size == 0:
        return None
    order = np.lexsort((sums, sizes))
    sums, sizes = sums[order], sizes[order]
    ratio = float(sums.sum() / sizes.sum())
    if not low - ROUNDING <= ratio <= high + ROUNDING:
        raise ValueError(f"A ratio of {ratio:.6g} lies outside of its range, {low:g} to {high:g}: correct the range.")
    if cases is not None and not isfinite(high - low):
        raise ValueError(f"A ratio of cases needs a range, not {low:g} to {high:g}: give its ends.")
    case = None if cases is None else float(sizes.sum() / cases)
    return Estimate(ratio, _interval(sums, sizes, low, high, case), sums.size)


def _interval(sums: Floats, sizes: Floats, low: float, high: float, case: float | None) -> tuple[float, float] | None:
    if sums.size == 1:
        return None
    lower, upper = jackknife_interval(sums, sizes, low, high, case)
    return float(lower), float(upper)
