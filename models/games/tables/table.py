"""A table: what a sum over features is for each pattern of some segments."""

from dataclasses import dataclass

import torch
from torch import Tensor

from veracity_bench.models.games.tables.axes import along


@dataclass(frozen=True, eq=False)
class Table:
    """Rows (2^n, features), one per pattern of n segments: bit i of the row's index = segment segments[i]."""

    segments: tuple[int, ...]
    rows: Tensor

    def index(self, present: Tensor) -> Tensor:
        """Return the row of every coalition (n, all segments) of 0 and 1."""
        places = torch.tensor(self.segments, device=present.device)
        return (present[:, places] << torch.arange(len(places), device=present.device)).sum(1)

    def __add__(self, other: "Table") -> "Table":
        """Return the table over the segments of both."""
        union = tuple(sorted({*self.segments, *other.segments}))
        rows = along(self.rows, self.segments, union) + along(other.rows, other.segments, union)
        return Table(union, rows.flatten(0, -2))

    def effect(self, segment: int) -> float:
        """Return how much a segment of its own changes a feature, on average, when it joins none or all others."""
        joined = 1 << self.segments.index(segment)
        changes = torch.stack([self.rows[joined] - self.rows[0], self.rows[-1] - self.rows[-1 - joined]])
        return float(changes.abs().mean())
