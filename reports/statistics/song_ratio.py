"""A score as a ratio over songs: what both its interval and its tests are computed from."""

from dataclasses import dataclass
from math import inf

import pandas as pd

from veracity_bench.reports.statistics.estimates import Estimate, ratio_over_songs


@dataclass(frozen=True, eq=False)
class SongRatio:
    """Sum of ``totals`` / sum of ``counts``, one number each by song; it lies between ``low`` and ``high``.

    ``cases`` is how many there are where songs may agree by chance (`ratio_over_songs`).
    """

    totals: "pd.Series[float]"
    counts: "pd.Series[float]"
    low: float = -inf
    high: float = inf
    cases: int | None = None

    def estimate(self) -> Estimate | None:
        """Compute the ratio with its interval over songs; None where there is nothing to divide by."""
        return ratio_over_songs(self.totals, self.counts, self.low, self.high, self.cases)

    def excess(self, bar: float) -> "pd.Series[float]":
        """Return by how much the total of each song exceeds what it were if the ratio were this bar."""
        return self.totals - bar * self.counts
