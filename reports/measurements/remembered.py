"""Facts about records that many sections need, computed once for each table while it lives."""

import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

import pandas as pd

T = TypeVar("T")


def remembered(function: Callable[[pd.DataFrame], T]) -> Callable[[pd.DataFrame], T]:
    """Compute a function of a table once for each; tables of records are never changed in place."""
    known: dict[int, tuple[weakref.ref[pd.DataFrame], T]] = {}

    @wraps(function)
    def remembering(records: pd.DataFrame) -> T:
        number = id(records)
        if number not in known:
            known[number] = weakref.ref(records, lambda _: known.pop(number, None)), function(records)
        return known[number][1]

    return remembering
