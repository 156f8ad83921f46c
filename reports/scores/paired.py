"""What differs between two rows of the board, case by case: both explain the same excerpts."""

import pandas as pd

from veracity_bench.reports.scores.songs import CASE, song_ratio
from veracity_bench.reports.statistics.song_ratio import SongRatio

KEYS = [*CASE, "variant", "k", "samples"]


def paired(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Join the values of one with those of the other, ``value`` and ``value_other``, where both have one."""
    return one[[*KEYS, "value"]].merge(other[[*KEYS, "value"]], on=KEYS, suffixes=("", "_other"))


def difference(one: pd.DataFrame, other: pd.DataFrame) -> SongRatio:
    """Sum up by how much the one exceeds the other, both shares, where both have a value."""
    both = paired(one, other)
    return song_ratio(both, both["value"] - both["value_other"], 1, -1, 1, counted=True)
