"""From records to sums over songs. A mean over conditions weighs each condition alike, however many cases it has."""

import numpy as np
import numpy.typing as npt
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
    conditions = _conditions(records)
    codes, songs = pd.factorize(records["song"], sort=True)
    weights = _even(conditions)
    total, count = (
        pd.Series(np.bincount(codes, np.broadcast_to(values, len(records)) * weights, len(songs)), songs)
        for values in (totals, counts)
    )
    cases = None
    if counted and len(records):
        distinct = len(pd.unique((conditions * len(songs) + codes) * len(records) + pd.factorize(records["case"])[0]))
        cases = distinct if distinct == len(records) or _agree(total, count) else None
    return SongRatio(total, count, low, high, cases)


def condition_weights(records: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return a weight for each record, 1 on average, so that every condition weighs as much as any other."""
    return _even(_conditions(records))


def _conditions(records: pd.DataFrame) -> npt.NDArray[np.intp]:
    """Return the number of the condition that each record is of."""
    attacks, directions = (pd.factorize(records[column])[0] for column in CONDITION)
    return pd.factorize(attacks * len(records) + directions)[0]


def _even(conditions: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    sizes = np.bincount(conditions)
    return np.asarray(len(conditions) / (len(sizes) * sizes[conditions]))


def _agree(totals: "pd.Series[float]", counts: "pd.Series[float]") -> bool:
    total, count = totals.to_numpy(), counts.to_numpy()
    ratios = total[count > 0] / count[count > 0]
    return len(ratios) > 1 and bool(np.ptp(ratios) < AGREE)
