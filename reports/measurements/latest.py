"""Which rows count, where items ran more than once: those of the last time."""

from collections.abc import Collection, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from veracity_bench.reports.measurements.categories import TEXTS
from veracity_bench.reports.measurements.columns import COLUMNS, FAILED

Integers = npt.NDArray[np.int64]
LARGEST = np.iinfo(np.int64).max


def latest(records: pd.DataFrame, times: Sequence[int], last: Collection[int]) -> pd.DataFrame:
    """Keep the rows of the last time that each item ran, and of a number that several items measured, the last.

    ``times`` are the times that the rows are of, a number each, the later the higher; ``last`` those that count.
    """
    time = np.asarray(times, dtype=np.int64)
    counts = np.isin(time, list(last))
    if not counts.all():
        records, time = records[counts], time[counts]
    last_of_number = pd.Series(time).groupby(_numbers(records), sort=False).transform("max")
    kept = time == last_of_number.to_numpy()
    return records if kept.all() else records[kept]


def _numbers(records: pd.DataFrame) -> Integers:
    """Give rows about the same thing the same number."""
    numbers = np.zeros(len(records), dtype=np.int64)
    for column in _coordinates(records):
        values = column.astype(np.int64) - column.min(initial=0)
        different = int(values.max(initial=0)) + 1
        if int(numbers.max(initial=0)) > LARGEST // different - 1:
            numbers = np.unique(numbers, return_inverse=True)[1]
        numbers = numbers * different + values
    return numbers


def _coordinates(records: pd.DataFrame) -> Iterator[npt.NDArray[np.integer]]:
    """Yield what a number is about: all columns but the value and, unless it is of a failure, its reason."""
    for name in COLUMNS:
        column = records[name].cat.codes.to_numpy() if name in TEXTS else records[name].to_numpy()
        if name == "reason":
            yield np.where(records["metric"] == FAILED, column, -1)
        elif name != "value":
            yield column
