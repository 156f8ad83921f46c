"""The catalogue of metrics: every name that a record may have, what its k means, and its range.

A metric is declared by the section of the board that shows it, in the same file. The catalogue is collected from all
sections when it is first needed; nothing here imports them beforehand.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Literal

import numpy as np
import pandas as pd

from veracity_bench.reports.measurements.columns import MAX_SEGMENTS
from veracity_bench.reports.measurements.errors import RecordsError

SECTIONS = "veracity_bench.reports.sections.order"
ROUNDING = 1e-6  # by which computed bounds of a range may be missed


@dataclass(frozen=True)
class K:
    """What the k of a metric means, in words, and the values that it may have."""

    words: str
    allowed: Collection[int]


NO_K = K("0", (0,))
EVERY_SIZE = K("1..n, every k", range(1, MAX_SEGMENTS + 1))
SET_SIZE = K("size of the set", range(1, MAX_SEGMENTS + 1))
SEGMENT = K("0..n-1, the segment", range(MAX_SEGMENTS))
ANY_K = K("that of what failed", range(MAX_SEGMENTS + 1))
POSITIVES = K("number of positive weights", range(MAX_SEGMENTS + 1))
PLANTED = (1, 3, 5)
PLANTED_SEGMENTS = K("1, 3, 5: planted segments", PLANTED)


def fixed(k: int) -> K:
    """Return the k of a metric that is measured for one k alone."""
    return K(str(k), (k,))


@dataclass(frozen=True)
class Range:
    """The closed interval that a value lies in; ``high`` may be the record's own k."""

    low: float = -math.inf
    high: float | Literal["k"] = math.inf

    def holds(self, value: Any, k: Any) -> Any:
        """Return whether a value with this k, or each of many, lies in the range, up to rounding."""
        return (value >= self.low - ROUNDING) & (value <= (k if self.high == "k" else self.high) + ROUNDING)

    def __str__(self) -> str:
        if (self.low, self.high) == (-math.inf, math.inf):
            return "any number"
        if self.high == math.inf:
            return f">= {self.low:g}"
        if self.low == -math.inf:
            return f"<= {self.high}"
        if self.low == self.high:
            return f"{self.low:g}"
        return f"{self.low:g}..{self.high if self.high == 'k' else format(self.high, 'g')}"


NUMBERS, AMOUNTS, SHARES, CORRELATIONS = Range(), Range(0), Range(0, 1), Range(-1, 1)
UP_TO_K = Range(0, "k")


@dataclass(frozen=True)
class Metric:
    """A metric: its name in the records, what its k means, the range and the unit of its value, and what it is."""

    name: str
    k: K
    range: Range
    unit: str
    text: str

    def rules(self, k: Any, value: Any) -> dict[str, Any]:
        """Return which rules the k and the value of a record, or of many, obey: by the rule in words."""
        return {
            f"the k of {self.name} must be {self.k.words}": np.isin(k, list(self.k.allowed)),
            f"{self.name} must be {self.range}": self.range.holds(value, k),
        }


@cache
def catalogue() -> dict[str, Metric]:
    """Collect the metrics of all sections, by name; raises ValueError where two sections declare the same name."""
    found: dict[str, Metric] = {}
    for section in import_module(SECTIONS).sections():
        for metric in section.metrics:
            if metric.name in found:
                raise ValueError(f"Two sections declare the metric {metric.name!r}.")
            found[metric.name] = metric
    return found


def check_records(records: pd.DataFrame) -> None:
    """Raise RecordsError for an unknown metric, a k without meaning or a value out of range; "" is no metric."""
    k, value = records["k"].to_numpy(), records["value"].to_numpy(dtype=float)
    for name, rows in records.groupby("metric").indices.items():
        for rule, valid in _find(str(name)).rules(k[rows], value[rows]).items() if name else ():
            if not valid.all():
                raise RecordsError(f"A record breaks the schema, {rule}: {records.iloc[rows[~valid][0]].to_dict()}.")


def check_row(row: Mapping[str, Any]) -> None:
    """Raise RecordsError as above for one row, of which ``metric``, ``k`` and ``value`` are needed.

    A value that is no finite number passes: the report makes it a failure of its case.
    """
    for rule, valid in _find(row["metric"]).rules(row["k"], row["value"]).items():
        if not valid and math.isfinite(row["value"]):
            raise RecordsError(f"A record breaks the schema, {rule}: {dict(row)}.")


def _find(name: str) -> Metric:
    if name not in catalogue():
        raise RecordsError(
            f"There is no metric {name!r}; the sections of the board declare {', '.join(sorted(catalogue()))}."
        )
    return catalogue()[name]
