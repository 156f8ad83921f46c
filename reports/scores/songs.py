"""From records to sums over songs. A mean over conditions weighs each condition alike, however many cases it has."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from veracity_bench.reports.statistics.song_ratio import SongRatio

CONDITION = ["attack", "direction"]
CASE = [*CONDITION, "song", "case"]
FEW = 100
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
    codes, songs = pd.factorize(records["song"], sort=True)
    total, count = (
        pd.Series(np.bincount(codes, np.broadcast_to(values, len(records)) * weights, len(songs)), songs)
        for values in (totals, counts)
    )
    by_chance = counted and len(records) > 0 and (_agree(total, count) or _one_record_a_case(records))
    cases = len(records[CASE].drop_duplicates()) if by_chance else None
    return SongRatio(total, count, low, high, cases)


def condition_weights(records: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return a weight for each record, 1 on average, so that every condition weighs as much as any other."""
    attacks, directions = (pd.factorize(records[column])[0] for column in CONDITION)
    _, codes, sizes = np.unique(attacks * len(records) + directions, return_inverse=True, return_counts=True)
    return np.asarray(len(records) / (len(sizes) * sizes[codes]))


def _one_record_a_case(records: pd.DataFrame) -> bool:
    some = records.iloc[:FEW]  # records of one case stand together, so these tell nearly always
    return not (some.duplicated(CASE).any() or records.duplicated(CASE).any())


def _agree(totals: "pd.Series[float]", counts: "pd.Series[float]") -> bool:
    total, count = totals.to_numpy(), counts.to_numpy()
    ratios = total[count > 0] / count[count > 0]
    return len(ratios) > 1 and bool(np.ptp(ratios) < AGREE)
