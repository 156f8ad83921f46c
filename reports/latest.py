"""Which rows count, where items ran more than once: those of the last time."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from veracity_bench.reports.measurements.categories import TEXTS
from veracity_bench.reports.measurements.columns import COLUMNS, FAILED


def latest(records: pd.DataFrame, times: Sequence[int], last: Collection[int]) -> pd.DataFrame:
    """Keep the rows of the last time that each item ran, and of a number that several items measured, the last.

    ``times`` are the times that the rows are of, a number each, the later the higher; ``last`` those that count.
    """
    time = pd.Series(np.asarray(times, dtype=np.int64), records.index)
    counts = np.isin(time, list(last))
    records, time = records[counts], time[counts]
    latest_of_number = time.groupby(_coordinates(records), sort=False).transform("max")
    return records[(time == latest_of_number).to_numpy()]


def _coordinates(records: pd.DataFrame) -> "list[pd.Series[int]]":
    """Return what a number is about: all columns but the value and, unless it is of a failure, its reason."""
    failed = records["metric"] == FAILED
    numbers = {name: records[name].cat.codes if name in TEXTS else records[name] for name in COLUMNS if name != "value"}
    reason = numbers.pop("reason")
    return [*numbers.values(), reason.where(failed, -1)]
