"""The logits of all coalitions, block by block: some segments are held, the others take every pattern.

A rectifier is linear for a feature whose sign is the same in all of a block. That feature adds to the next layer table
by table, as it does to the sums themselves; only those whose sign varies are summed, rectified and multiplied for each
coalition. Where the segments of largest effect are held, a fifth varies in an insertion game, two thirds in a masking
one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import cast

import torch
from torch import Tensor, nn

from veracity_bench.models.games.tables.axes import along
from veracity_bench.models.games.tables.table import Table

RECTIFIERS = (nn.LeakyReLU, nn.ReLU)


@dataclass(frozen=True, eq=False)
class Share:
    """A table (patterns of held segments, one axis per free segment, features), and its bounds over the latter."""

    held: tuple[int, ...]
    rows: Tensor
    low: Tensor
    high: Tensor

    @classmethod
    def of(cls, table: Table, held: Sequence[int], free: Sequence[int]) -> "Share":
        """Sort the axes of a table by whether their segments are held."""
        own = [tuple(s for s in table.segments if s in segments) for segments in (held, free)]
        order = [len(table.segments) - 1 - table.segments.index(s) for part in own for s in reversed(part)]
        rows = (
            table.rows.view(*[2] * len(order), -1).permute(*order, -1).reshape(2 ** len(own[0]), 2 ** len(own[1]), -1)
        )
        axes = along(rows[0], own[1], free).shape
        return cls(own[0], rows.view(-1, *axes), rows.amin(1), rows.amax(1))

    def at(self, present: Mapping[int, int]) -> tuple[Tensor, Tensor, Tensor]:
        """Return rows and bounds where the held segments are present (1) or absent (0)."""
        pattern = sum(present[segment] << place for place, segment in enumerate(self.held))
        return self.rows[pattern], self.low[pattern], self.high[pattern]


def all_logits(tables: Sequence[Table], head: nn.Sequential, n_segments: int, n_free: int) -> Tensor:
    """Return what the head makes of the sums of tables for all coalitions, (2^n_segments,), 2^n_free at a time.

    Bit s of the index = segment s present.
    """
    held, free = _held_and_free(tables, n_segments, n_free)
    shares = [Share.of(table, held, free) for table in tables]
    of_block = Head(head, tables[0].rows.new_empty(*[2] * len(free), tables[0].rows.shape[1]))
    logits = tables[0].rows.new_empty([2] * n_segments)
    for pattern in product((0, 1), repeat=len(held)):
        present = dict(zip(held, pattern, strict=True))
        parts, lows, highs = zip(*(share.at(present) for share in shares), strict=True)
        place = tuple(present.get(segment, slice(None)) for segment in reversed(range(n_segments)))
        logits[place] = of_block(parts, sum(lows), sum(highs)).view([2] * len(free))
    return logits.flatten()


def _held_and_free(tables: Sequence[Table], n: int, n_free: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    effects = [sum(table.effect(s) for table in tables if s in table.segments) for s in range(n)]
    by_effect = sorted(range(n), key=lambda segment: -effects[segment])
    n_held = max(0, n - n_free)
    return tuple(sorted(by_effect[:n_held])), tuple(sorted(by_effect[n_held:]))


class Head:
    """The layers after the sums, a block at a time; `sums` is memory for one, an axis per free segment and features."""

    def __init__(self, layers: nn.Sequential, sums: Tensor) -> None:
        first = list(layers)[:2]
        self._rectifies = len(first) == 2 and type(first[0]) in RECTIFIERS and type(first[1]) is nn.Linear
        self._sums, self._layers = sums, nn.Sequential(*list(layers)[2:]) if self._rectifies else layers
        if self._rectifies:
            self._rectifier, self._dense = cast(tuple[nn.Module, nn.Linear], first)
            self._slope = getattr(self._rectifier, "negative_slope", 0.0)
            self._hidden = sums.new_empty(*sums.shape[:-1], self._dense.out_features)

    def __call__(self, parts: Sequence[Tensor], low: Tensor, high: Tensor) -> Tensor:
        """Return the logits of a block, from parts whose axes broadcast, and from the bounds of their sums."""
        inputs = self._rectified(parts, low, high) if self._rectifies else _add(parts, self._sums)
        logits: Tensor = self._layers(inputs.view(-1, inputs.shape[-1]))
        return logits

    def _rectified(self, parts: Sequence[Tensor], low: Tensor, high: Tensor) -> Tensor:
        """Return what the dense layer after the rectifier puts out."""
        varies = (low < 0) & (high > 0)
        steady = torch.where(low < 0, self._slope, 1.0).masked_fill(varies, 0)
        varying = varies.nonzero().squeeze(1)
        axes = *self._sums.shape[:-1], len(varying)
        sums = _add([part.index_select(-1, varying) for part in parts], self._sums.flatten()[: prod(axes)].view(axes))
        weight, bias = self._dense.weight, [] if self._dense.bias is None else [self._dense.bias]
        hidden = _add([*(part @ (weight * steady).T for part in parts), *bias], self._hidden)
        flat = hidden.view(-1, len(weight))
        flat.addmm_(self._rectifier(sums).view(len(flat), len(varying)), weight.index_select(1, varying).T)
        return hidden


def _add(parts: Sequence[Tensor], out: Tensor) -> Tensor:
    """Add up parts whose axes broadcast to those of `out`."""
    *small, large = sorted(parts, key=Tensor.numel)
    return torch.add(sum(small, out.new_zeros(())).expand_as(out), large, out=out)
