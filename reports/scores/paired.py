"""What differs between two rows of the board, case by case: both explain the same excerpts."""

import pandas as pd

from veracity_bench.reports.scores.measures import CASE
from veracity_bench.reports.statistics.estimates import Estimate, ratio_over_songs

KEYS = [*CASE, "variant", "k", "samples"]


def paired(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Join the values of one with those of the other, ``value`` and ``value_other``, where both have one."""
    return one[[*KEYS, "value"]].merge(other[[*KEYS, "value"]], on=KEYS, suffixes=("", "_other"))


def difference(one: pd.DataFrame, other: pd.DataFrame, points: int = 1) -> Estimate | None:
    """Estimate by how much the one exceeds the other, out of ``points``; None where they have nothing in common."""
    both = paired(one, other)
    songs = (both["value"] - both["value_other"]).groupby(both["song"]).agg(["sum", "size"])
    return ratio_over_songs(songs["sum"], songs["size"] * points)
