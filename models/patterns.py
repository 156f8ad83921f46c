"""A convolutional trunk on all coalitions of segments, without a forward pass for each.

An activation sees a window of the spectrogram, and a window touches few segments. So the activation takes few values
over all coalitions: one per pattern of presence of the segments that it sees. Layer by layer, positions that see the
same segments are kept together as a group, with one activation per pattern; as the windows grow, so do the patterns.

Everything follows from the layers' kernels, strides and dilations and from the grid.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import torch
from torch import Tensor, nn

from models.detector import ZeroMeanConv2d
from models.segments import Grid

Span = tuple[int, int]  # the segments first .. last, inclusive, along one axis

CONVOLUTIONS = (nn.Conv2d, ZeroMeanConv2d)
ELEMENTWISE = (
    nn.BatchNorm2d,
    nn.LeakyReLU,
    nn.ReLU,
    nn.ELU,
    nn.GELU,
    nn.SiLU,
    nn.Tanh,
    nn.Sigmoid,
    nn.Identity,
    nn.Dropout,
)
MAX_BITS = 16
MAX_VALUES = 4_000_000


class NotFactorableError(TypeError):
    """A layer, or a window over too many segments, for which there is only the plain way."""


@dataclass(frozen=True, eq=False)
class Activations:
    """What a layer puts out: the segments that each position sees, and values (patterns, channels, time, frequency).

    A group is all positions that see segments T x F. Bit (t - first of T) * (size of F) + (f - first of F) of a pattern
    says whether segment (t, f) is present.
    """

    time: list[Span]
    frequency: list[Span]
    values: dict[tuple[Span, Span], Tensor]

    def positions(self, group: tuple[Span, Span]) -> tuple[slice, slice]:
        """Return the runs of positions, along time and frequency, of a group."""
        return dict(_runs(self.time))[group[0]], dict(_runs(self.frequency))[group[1]]


def start(grid: Grid, off: Tensor, on: Tensor) -> Activations:
    """Return what the first layer sees of the spectrograms off and on, both (channels, frames, bands)."""
    time = [(int(t), int(t)) for t in grid.time_of_frame]
    frequency = [(int(f), int(f)) for f in grid.frequency_of_band]
    both = torch.stack([off, on])
    values = {(t, f): both[:, :, i, j] for t, i in _runs(time) for f, j in _runs(frequency)}
    return Activations(time, frequency, values)


def apply(layer: nn.Module, inputs: Activations) -> Activations:
    """Return the layer's outputs; raise NotFactorableError for a layer without a window of its own."""
    if type(layer) in ELEMENTWISE:
        values = {group: layer(value) for group, value in inputs.values.items()}
        return Activations(inputs.time, inputs.frequency, values)
    windows = _windows(layer)
    time, frequency = (w.seen(axis) for w, axis in zip(windows, (inputs.time, inputs.frequency), strict=True))
    values = {
        (t, f): _group(layer, inputs, (t, f), windows[0].inputs(i), windows[1].inputs(j))
        for t, i in _runs(time)
        for f, j in _runs(frequency)
    }
    return Activations(time, frequency, values)


def bits(grid: Grid, group: tuple[Span, Span]) -> tuple[int, ...]:
    """Return the segments of a group, in the order of its patterns' bits."""
    (t0, t1), (f0, f1) = group
    return tuple(grid.frequency * t + f for t in range(t0, t1 + 1) for f in range(f0, f1 + 1))


@dataclass(frozen=True)
class _Window:
    """A layer along one axis."""

    kernel: int
    stride: int
    dilation: int

    def seen(self, spans: Sequence[Span]) -> list[Span]:
        """Return what each output position sees."""
        reach = self.dilation * (self.kernel - 1)
        starts = range(0, len(spans) - reach, self.stride)
        if not starts:
            raise NotFactorableError("a window is larger than what it slides over")
        return [(spans[i][0], spans[i + reach][1]) for i in starts]

    def inputs(self, outputs: slice) -> slice:
        """Return the input positions that a run of output positions covers."""
        last = (outputs.stop - 1) * self.stride + self.dilation * (self.kernel - 1)
        return slice(outputs.start * self.stride, last + 1)


def _windows(layer: nn.Module) -> tuple[_Window, _Window]:
    is_convolution, is_pooling = type(layer) in CONVOLUTIONS, type(layer) in (nn.MaxPool2d, nn.AvgPool2d)
    if not (is_convolution or is_pooling) or any(pair(layer.padding)) or getattr(layer, "ceil_mode", False):
        raise NotFactorableError(f"{layer} is no layer of unpadded windows")
    sizes = (layer.kernel_size, layer.stride, getattr(layer, "dilation", 1))
    time, frequency = (_Window(*axis) for axis in zip(*map(pair, sizes), strict=True))
    return time, frequency


def _group(layer: nn.Module, inputs: Activations, group: tuple[Span, Span], rows: slice, columns: slice) -> Tensor:
    """Return the outputs of one group, computing as many patterns at a time as stay in the cache."""
    (t0, t1), (f0, f1) = group
    n_bits = (t1 - t0 + 1) * (f1 - f0 + 1)
    if n_bits > MAX_BITS:
        raise NotFactorableError(f"a window of {layer} sees {n_bits} segments")
    channels = next(iter(inputs.values.values())).shape[1]
    size = channels * (rows.stop - rows.start) * (columns.stop - columns.start)
    patterns = torch.arange(2**n_bits, device=next(iter(inputs.values.values())).device)
    chunks = torch.split(patterns, max(1, MAX_VALUES // size))
    return torch.cat([layer(_block(inputs, group, chunk, rows, columns)) for chunk in chunks])


def _block(inputs: Activations, group: tuple[Span, Span], patterns: Tensor, rows: slice, columns: slice) -> Tensor:
    """Put together the layer's inputs (patterns, channels, rows, columns) from the groups that they belong to."""
    strips = []
    for t, i in _overlaps(inputs.time, rows):
        parts = []
        for f, j in _overlaps(inputs.frequency, columns):
            parts.append(inputs.values[t, f][_restrict(patterns, group, (t, f)), :, i, j])
        strips.append(torch.cat(parts, dim=3))
    return torch.cat(strips, dim=2)


def _restrict(patterns: Tensor, group: tuple[Span, Span], part: tuple[Span, Span]) -> Tensor:
    """Return the patterns of a part of a group, given the patterns of the group."""
    ((t0, _), (f0, f1)), ((first_t, last_t), (first_f, last_f)) = group, part
    cells = [(t, f) for t in range(first_t, last_t + 1) for f in range(first_f, last_f + 1)]
    return pick_bits(patterns, [(t - t0) * (f1 - f0 + 1) + f - f0 for t, f in cells])


def pick_bits(patterns: Tensor, places: Sequence[int]) -> Tensor:
    """Return the numbers whose bit i is bit places[i] of the patterns."""
    return sum((((patterns >> place) & 1) << bit for bit, place in enumerate(places)), torch.zeros_like(patterns))


def _runs(spans: Sequence[Span]) -> Iterator[tuple[Span, slice]]:
    """Yield each span and the run of positions that see just it; spans never go back along an axis."""
    position = 0
    for span, positions in groupby(spans):
        length = len(list(positions))
        yield span, slice(position, position + length)
        position += length


def _overlaps(spans: Sequence[Span], window: slice) -> Iterator[tuple[Span, slice]]:
    """Yield the runs that a window of positions covers: span, and the part inside the window, within the run."""
    for span, run in _runs(spans):
        first, last = max(run.start, window.start), min(run.stop, window.stop)
        if first < last:
            yield span, slice(first - run.start, last - run.start)


def pair(size: Any) -> tuple[int, int]:
    """Return a layer's size along time and frequency; one number stands for both."""
    return (size, size) if isinstance(size, int) else (size[0], size[1])
