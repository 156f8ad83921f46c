"""Ranks by mean flip, with intervals, and Borda's ranks, of a table of flips (scores/complete_cases.py).

The interval of a rank is where it lands when songs are drawn anew. It shows how stable the order is, and does not
promise to hold the true rank: explainers that are equally good tie in truth, and hardly ever in a draw. `rank_sets`
promises it.
"""

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from veracity_bench.reports.statistics.arrays import Floats, Indices
from veracity_bench.reports.statistics.estimates import Estimate
from veracity_bench.reports.statistics.resampling import intervals_over_songs

DECIMALS = 9  # equal scores stay equal, in whatever order they were added up


def ranks(flips: pd.DataFrame) -> dict[str, Estimate]:
    """Rank the columns by their mean over all cases, 1 = the most, ties averaged, with intervals over songs.

    The same draws of songs for all columns: what makes a song hard or easy for everybody moves no rank.
    """
    by_song = flips.groupby(level="song")
    totals, sizes = by_song.sum().to_numpy().T, by_song.size().to_numpy()

    def ranked(drawn: Indices) -> Floats:
        means = totals[:, drawn].sum(axis=-1) / sizes[drawn].sum(axis=-1)
        return np.asarray(rankdata(-means.round(DECIMALS), axis=0))

    if flips.empty:
        return {}
    values, bounds = ranked(np.arange(len(sizes))), intervals_over_songs(ranked, len(sizes))
    intervals = (
        [None] * len(values) if bounds is None else list(zip(*(map(float, side) for side in bounds), strict=True))
    )
    return {str(n): Estimate(float(v), i) for n, v, i in zip(flips, values, intervals, strict=True)}


def borda(flips: pd.DataFrame) -> dict[str, float]:
    """Rank the columns case by case, 1 = the most, ties averaged; return the mean rank of each."""
    by_case = rankdata(-flips.to_numpy().round(DECIMALS), axis=1)
    return dict(zip(map(str, flips), map(float, by_case.mean(axis=0)), strict=True)) if len(flips) else {}
