"""Columns of text that repeat a few words: kept as numbers of the words, in their order."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import union_categoricals

from veracity_bench.reports.measurements.columns import COLUMNS

TEXTS = [name for name, kind in COLUMNS.items() if kind == "string"]


def categorical(records: pd.DataFrame) -> pd.DataFrame:
    """Return the records with every column of text as a categorical whose categories are sorted."""
    return records.assign(**{name: _sorted(records[name]) for name in TEXTS if name in records})


def _sorted(column: "pd.Series[Any]") -> "pd.Series[Any]":
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column.astype("category")
    categories = column.cat.categories
    if categories.is_monotonic_increasing:
        return column
    return column.cat.set_categories(categories.sort_values())


def joined(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put tables whose columns of text are categoricals together, in this order, and count the rows anew."""
    tables = [one for one in tables if len(one)] or tables[:1]  # without a row, words are of no type
    texts = {name: union_categoricals([one[name] for one in tables], sort_categories=True) for name in TEXTS}
    rest = pd.concat([one.drop(columns=TEXTS) for one in tables], ignore_index=True)
    return rest.assign(**texts)[list(tables[0])]


def in_order(records: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Sort by these columns, and count the rows anew; what is in order already is not moved."""
    keys = [_numbers(records[name]) for name in columns]
    if not _is_in_order(keys):
        records = records.iloc[np.lexsort(keys[::-1])]
    return records.reset_index(drop=True)


def repeats(records: pd.DataFrame, columns: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Return which rows, in the order of these columns, have the same there as the one before."""
    same = np.ones(len(records), dtype=bool)
    same[:1] = False
    for name in columns:
        key = _numbers(records[name])
        same[1:] &= key[1:] == key[:-1]
    return same


def _numbers(column: "pd.Series[Any]") -> npt.NDArray[Any]:
    """Return numbers in the order of a column's values."""
    return column.cat.codes.to_numpy() if isinstance(column.dtype, pd.CategoricalDtype) else column.to_numpy()


def _is_in_order(keys: Sequence[npt.NDArray[Any]]) -> bool:
    equal = np.ones(max(len(keys[0]) - 1, 0), dtype=bool)
    for key in keys:
        before, after = key[:-1], key[1:]
        if (equal & (before > after)).any():
            return False
        equal &= before == after
    return True
