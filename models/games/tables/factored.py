"""A detector's head over all coalitions: sum one table row per group of positions, then run what follows.

The trunk's features of a coalition fall into groups that depend on a few segments each (see patterns.py). The first
dense layer is linear, so its output is a sum over groups of a row that only depends on the group's segments. Groups are
merged into few tables of at most 2^12 rows; a coalition then costs a few row additions and the layers after.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from veracity_bench.models.detectors.errors import NotFactorableError
from veracity_bench.models.detectors.layers import unroll
from veracity_bench.models.detectors.windows import adapted
from veracity_bench.models.games.segments import Grid, Partition
from veracity_bench.models.games.tables.blocks import all_logits
from veracity_bench.models.games.tables.patterns import Activations, apply, bits, check_outputs, start
from veracity_bench.models.games.tables.table import Table

TABLE_BITS = 12
# Pre-activations at a time. On a CPU they stay in the cache: for 256 features, 2^13 coalitions or 8 MB.
CPU_FLOATS = 2**21
GPU_FLOATS = 2**26


class Factored:
    """The game of a detector between spectrograms off and on (frames, bands), by tables.

    Raises NotFactorableError where the detector is not a sequence of layers that have such a form, or the segments are
    no grid.
    """

    def __init__(self, detector: nn.Module, partition: Partition, off: Tensor, on: Tensor) -> None:
        if not isinstance(partition, Grid):
            raise NotFactorableError(f"{type(partition).__name__} are no grid, so a window may see them all")
        layers = unroll(detector)
        activations = start(partition, layers.front(torch.stack([off, on])))
        trunk, pooling = _split(layers.trunk)
        for layer in trunk:
            activations = apply(layer, activations)
        self._tables = _merge(_shares(partition, activations, layers.dense, pooling))
        self._rest = layers.rest
        self._n_segments = partition.n_segments
        floats = CPU_FLOATS if off.device.type == "cpu" else GPU_FLOATS
        self._at_once = max(1, floats // layers.dense.out_features)

    def logits(self, present: Tensor) -> Tensor:
        """Return the logits (n,) of coalitions (n, segments) of 0 and 1."""
        chunks = zip(*(torch.split(table.index(present), self._at_once) for table in self._tables), strict=True)
        return torch.cat([self._head(self._gather(chunk)) for chunk in chunks])

    def table(self) -> Tensor:
        """Return the logits of all coalitions, (2^n,): bit s of the index = segment s present."""
        return all_logits(self._tables, self._rest, self._n_segments, self._at_once.bit_length() - 1)

    def _gather(self, indices: tuple[Tensor, ...]) -> Tensor:
        return torch.stack([table.rows[index] for table, index in zip(self._tables, indices, strict=True)]).sum(0)

    def _head(self, rows: Tensor) -> Tensor:
        """Return the logits of pre-activations, which are overwritten."""
        logits: Tensor = self._rest(rows).reshape(-1)
        return logits


def _split(trunk: list[nn.Module]) -> tuple[list[nn.Module], nn.Module | None]:
    """Return the trunk, and the adaptive average at its end, if any: it is as linear as the dense layer after it."""
    averages = bool(trunk) and type(trunk[-1]) is nn.AdaptiveAvgPool2d
    return (trunk[:-1], trunk[-1]) if averages else (trunk, None)


def _weight(dense: nn.Linear, activations: Activations, pooling: nn.Module | None) -> Tensor:
    """Return the dense layer's weights of what comes before the pooling, (features, channels, time, frequency)."""
    sizes = len(activations.time), len(activations.frequency)
    if pooling is None:
        return dense.weight.view(-1, activations.channels, *sizes)
    wanted = adapted(pooling, sizes)
    of_cells = dense.weight.view(-1, activations.channels, *wanted)
    time, frequency = (
        functional.adaptive_avg_pool1d(torch.eye(size, device=of_cells.device, dtype=of_cells.dtype), cells)
        for size, cells in zip(sizes, wanted, strict=True)
    )
    return torch.einsum("ocab,ta,fb->octf", of_cells, time, frequency)


def _shares(grid: Grid, activations: Activations, dense: nn.Linear, pooling: nn.Module | None) -> list[Table]:
    """Return each group's share of the dense layer's output; the first one's also holds the bias."""
    check_outputs(dense, sum(len(values) for values in activations.values.values()) * dense.out_features)
    weight = _weight(dense, activations, pooling)
    tables = []
    for group, values in activations.values.items():
        rows, columns = activations.positions(group)
        share = weight[:, :, rows, columns].flatten(1)
        tables.append(Table(bits(grid, group), values.flatten(1) @ share.T))
    bias = 0 if dense.bias is None else dense.bias
    return [Table(tables[0].segments, tables[0].rows + bias), *tables[1:]]


def _merge(tables: list[Table]) -> list[Table]:
    """Add up tables while their segments together stay few."""
    merged: list[Table] = []
    for table in sorted(tables, key=lambda table: -len(table.segments)):
        for place, other in enumerate(merged):
            if len({*table.segments, *other.segments}) <= max(TABLE_BITS, len(other.segments)):
                merged[place] = other + table
                break
        else:
            merged.append(table)
    return merged
