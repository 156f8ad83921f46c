"""A detector's head over all coalitions: sum one table row per group of positions, then run what follows.

The trunk's features of a coalition fall into groups that depend on a few segments each (see patterns.py). The first
dense layer is linear, so its output is a sum over groups of a row that only depends on the group's segments. Groups are
merged into few tables of at most 2^12 rows; a coalition then costs a few row additions and the layers after.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval, fuse_linear_bn_eval

from models.detector import Detector
from models.patterns import Activations, NotFactorableError, apply, bits, pick_bits, start
from models.segments import Grid

TABLE_BITS = 12
CHUNK = 1024  # coalitions at a time: their pre-activations stay in a core's cache


@dataclass(frozen=True, eq=False)
class Table:
    """Rows (2^n, features), one per pattern of n segments: bit i of the row's index = segment segments[i]."""

    segments: tuple[int, ...]
    rows: Tensor

    def index(self, present: Tensor) -> Tensor:
        """Return the row of every coalition (n, all segments) of 0 and 1."""
        places = torch.tensor(self.segments, device=present.device)
        return (present[:, places] << torch.arange(len(places), device=present.device)).sum(1)

    def over(self, segments: tuple[int, ...]) -> Tensor:
        """Return the same rows as one table over more segments, (2^m, features)."""
        patterns = torch.arange(2 ** len(segments), device=self.rows.device)
        return self.rows[pick_bits(patterns, [segments.index(segment) for segment in self.segments])]


class Factored:
    """The game of a detector between spectrograms off and on (frames, bands), by tables.

    Raises NotFactorableError where the detector is not a sequence of layers that have such a form.
    """

    def __init__(self, detector: nn.Module, grid: Grid, off: Tensor, on: Tensor) -> None:
        norm, trunk, dense, self._rest = _split(detector)
        activations = start(grid, *norm(torch.stack([off, on])))
        for layer in trunk:
            activations = apply(layer, activations)
        self._tables = _merge(_tables(grid, activations, dense))

    def logits(self, present: Tensor) -> Tensor:
        """Return the logits (n,) of coalitions (n, segments) of 0 and 1."""
        indices = [table.index(present) for table in self._tables]
        chunks = zip(*(torch.split(index, CHUNK) for index in indices), strict=True)
        return torch.cat([self._head(chunk) for chunk in chunks])

    def _head(self, indices: tuple[Tensor, ...]) -> Tensor:
        rows = torch.stack([table.rows[index] for table, index in zip(self._tables, indices, strict=True)])
        logits: Tensor = self._rest(rows.sum(0)).reshape(-1)
        return logits


def _split(detector: nn.Module) -> tuple[nn.Module, list[nn.Module], nn.Linear, nn.Sequential]:
    """Return normalisation, trunk, first dense layer and the layers after it, batch norm folded in where it can be."""
    if type(detector) is not Detector:
        raise NotFactorableError("not a detector of a trunk and a head")
    if any(module._forward_hooks or module._forward_pre_hooks for module in detector.modules()):
        raise NotFactorableError("a layer has hooks")
    head = [layer for layer in detector.head if not isinstance(layer, nn.Flatten | nn.Dropout)]
    dense, *rest = _fuse(head)
    if not isinstance(dense, nn.Linear):
        raise NotFactorableError("the head does not begin with a dense layer")
    return detector.norm, _fuse(detector.trunk), dense, nn.Sequential(*rest)


def _fuse(layers: Iterable[nn.Module]) -> list[nn.Module]:
    """Return layers in which batch norm is part of the plain convolution or dense layer before it."""
    fused: list[nn.Module] = []
    for layer in layers:
        if isinstance(layer, nn.BatchNorm1d) and isinstance(fused[-1], nn.Linear):
            fused[-1] = fuse_linear_bn_eval(fused[-1], layer)
        elif isinstance(layer, nn.BatchNorm2d) and type(fused[-1]) is nn.Conv2d:
            fused[-1] = fuse_conv_bn_eval(fused[-1], layer)
        else:
            fused.append(layer)
    return fused


def _tables(grid: Grid, activations: Activations, dense: nn.Linear) -> list[Table]:
    """Return each group's share of the dense layer's output; the first one's also holds the bias."""
    shape = (-1, next(iter(activations.values.values())).shape[1], len(activations.time), len(activations.frequency))
    weight = dense.weight.view(shape)
    tables = []
    for group, values in activations.values.items():
        rows, columns = activations.positions(group)
        share = weight[:, :, rows, columns].flatten(1)
        tables.append(Table(bits(grid, group), values.flatten(1) @ share.T))
    tables[0] = Table(tables[0].segments, tables[0].rows + dense.bias)
    return tables


def _merge(tables: list[Table]) -> list[Table]:
    """Add up tables while their segments together stay few."""
    merged: list[Table] = []
    for table in sorted(tables, key=lambda table: -len(table.segments)):
        for place, other in enumerate(merged):
            union = tuple(sorted({*table.segments, *other.segments}))
            if len(union) <= max(TABLE_BITS, len(other.segments)):
                merged[place] = Table(union, table.over(union) + other.over(union))
                break
        else:
            merged.append(table)
    return merged
