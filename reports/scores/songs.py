"""From records to sums over songs. A mean over conditions weighs each condition alike, however many cases it has."""

import numpy as np
import pandas as pd

from veracity_bench.reports.statistics.song_ratio import SongRatio

CONDITION = ["attack", "direction"]
CASE = [*CONDITION, "song", "case"]
AGREE = 1e-9  # songs whose ratios differ by no more


def song_ratio(
    records: pd.DataFrame,
    totals: "pd.Series[float]",
    counts: "pd.Series[float] | float",
    low: float,
    high: float,
    counted: bool = False,
) -> SongRatio:
    """Sum up what each of the records adds to a score, and out of how much, by song.

    ``counted`` is whether a case takes one of few values, so that songs may agree by chance. They do so where each case
    has one record alone; the mean of several varies continuously, unless all songs turn out to agree in it.
    """
    weights = condition_weights(records)
    sums = pd.DataFrame({"total": totals * weights, "count": counts * weights}).groupby(records["song"]).sum()
    cases = len(records[CASE].drop_duplicates()) if counted else 0
    by_chance = cases > 0 and (cases == len(records) or _agree(sums))
    return SongRatio(sums["total"], sums["count"], low, high, cases if by_chance else None)


def condition_weights(records: pd.DataFrame) -> "pd.Series[float]":
    """Return a weight for each record, 1 on average, so that every condition weighs as much as any other."""
    codes, names = pd.factorize(records["attack"] + " " + records["direction"])
    sizes = np.bincount(codes, minlength=len(names))
    return pd.Series(len(records) / (len(names) * sizes[codes]), records.index)


def _agree(sums: pd.DataFrame) -> bool:
    counting = sums[sums["count"] > 0]
    return len(counting) > 1 and bool(np.ptp(counting["total"] / counting["count"]) < AGREE)
