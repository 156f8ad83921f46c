"""A convolutional trunk on all coalitions of segments, without a forward pass for each.

An activation sees a window of the spectrogram, and a window touches few segments. So the activation takes few values
over all coalitions: one per pattern of presence of the segments that it sees. Layer by layer, positions that see the
same segments are kept together as a group, with one activation per pattern; as the windows grow, so do the patterns.

Everything follows from the layers' kernels, strides, dilations and paddings and from the grid.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from torch import Tensor, nn
from torch.nn import functional

from veracity_bench.models.detectors.errors import NotFactorableError
from veracity_bench.models.detectors.layer_kinds import ELEMENTWISE
from veracity_bench.models.detectors.windows import Span, Window, fixed, padding_value, unpadded, windows
from veracity_bench.models.games.segments import Grid
from veracity_bench.models.games.tables.outputs import Cell, Part, all_outputs

Group = tuple[Span, Span]  # all positions that see the same segments: those along time, those along frequency

MAX_OUTPUTS = 25_000_000  # what a layer may put out over all patterns: 100 MB
MAX_INPUTS = 500_000_000  # what may go into it over all patterns: a few seconds of work


@dataclass(frozen=True, eq=False)
class Activations:
    """The outputs of a layer: the segments that each position sees, and values (patterns, channels, time, frequency).

    Bit (t - first of time) * (size of frequency) + (f - first of frequency) of a group's pattern is 1 where segment
    (t, f) is present.
    """

    time: list[Span]
    frequency: list[Span]
    values: dict[Group, Tensor]

    @property
    def channels(self) -> int:
        """The number of channels."""
        return next(iter(self.values.values())).shape[1]

    def positions(self, group: Group) -> tuple[slice, slice]:
        """Return the runs of positions, along time and frequency, of a group."""
        return dict(_runs(self.time))[group[0]], dict(_runs(self.frequency))[group[1]]


def start(grid: Grid, both: Tensor) -> Activations:
    """Return what the first layer sees of the spectrograms off and on, (2, channels, frames, bands)."""
    if both.ndim != 4 or both.shape[2:] != (grid.frames, grid.bands):
        raise NotFactorableError("what comes before the first convolution changes the shape of the spectrogram")
    time = [(int(t), int(t)) for t in grid.time_of_frame]
    frequency = [(int(f), int(f)) for f in grid.frequency_of_band]
    values = {(t, f): both[:, :, i, j] for t, i in _runs(time) for f, j in _runs(frequency)}
    return Activations(time, frequency, values)


def apply(layer: nn.Module, inputs: Activations) -> Activations:
    """Return the layer's outputs; raise NotFactorableError for a layer without a window of its own."""
    if type(layer) in ELEMENTWISE:
        values = {group: layer(value) for group, value in inputs.values.items()}
        return Activations(inputs.time, inputs.frequency, values)
    plain = fixed(layer, (len(inputs.time), len(inputs.frequency)))
    sliding = windows(plain)
    inputs = _pad(inputs, sliding, padding_value(plain))
    time, frequency = (window.seen(axis) for window, axis in zip(sliding, (inputs.time, inputs.frequency), strict=True))
    outputs = {(t, f): (i, j) for t, i in _runs(time) for f, j in _runs(frequency)}
    covered = {group: (sliding[0].inputs(i), sliding[1].inputs(j)) for group, (i, j) in outputs.items()}
    check_outputs(layer, getattr(layer, "out_channels", inputs.channels) * _n_values(outputs))
    if inputs.channels * _n_values(covered) > MAX_INPUTS:
        raise NotFactorableError(f"{layer} sees too many segments at a time")
    plain = unpadded(plain)
    values = {group: all_outputs(plain, _strips(inputs, *part), _cells(group)) for group, part in covered.items()}
    return Activations(time, frequency, values)


def bits(grid: Grid, group: Group) -> tuple[int, ...]:
    """Return the segments of a group, in the order of its patterns' bits."""
    return tuple(grid.frequency * t + f for t, f in _cells(group))


def check_outputs(layer: nn.Module, n: int) -> None:
    """Raise NotFactorableError where a layer would put out more numbers than memory is meant for."""
    if n > MAX_OUTPUTS:
        raise NotFactorableError(f"{layer} has too many outputs over all patterns")


def _pad(inputs: Activations, sliding: tuple[Window, Window], value: float) -> Activations:
    """Put padding around: it belongs to the outermost groups, and is the same for all their patterns."""
    time, frequency = sliding
    values = {}
    for (t, f), inside in inputs.values.items():
        sides = (
            frequency.before * (f == inputs.frequency[0]),
            frequency.after * (f == inputs.frequency[-1]),
            time.before * (t == inputs.time[0]),
            time.after * (t == inputs.time[-1]),
        )
        values[t, f] = functional.pad(inside, sides, value=value) if any(sides) else inside
    return Activations(time.padded(inputs.time), frequency.padded(inputs.frequency), values)


def _strips(inputs: Activations, rows: slice, columns: slice) -> list[list[Part]]:
    """Return the block of inputs at these positions, by the groups that they belong to."""
    return [
        [
            Part(inputs.values[t, f][:, :, i, j], _cells((t, f)), (*beside, *above))
            for f, j, beside in _overlaps(inputs.frequency, columns)
        ]
        for t, i, above in _overlaps(inputs.time, rows)
    ]


def _cells(group: Group) -> list[Cell]:
    """Return the segments (time, frequency) of a group, in the order of its patterns' bits."""
    (t0, t1), (f0, f1) = group
    return [(t, f) for t in range(t0, t1 + 1) for f in range(f0, f1 + 1)]


def _n_values(parts: Mapping[Group, tuple[slice, slice]]) -> int:
    """Return how many values groups of positions have, over all patterns, in one channel."""
    return sum(2 ** _n_bits(group) * _length(i) * _length(j) for group, (i, j) in parts.items())


def _n_bits(group: Group) -> int:
    return len(_cells(group))


def _length(positions: slice) -> int:
    length: int = positions.stop - positions.start
    return length


def _runs(spans: Sequence[Span]) -> Iterator[tuple[Span, slice]]:
    """Yield each span and the run of positions that see just it; spans never go back along an axis."""
    position = 0
    for span, positions in groupby(spans):
        length = len(list(positions))
        yield span, slice(position, position + length)
        position += length


def _overlaps(spans: Sequence[Span], window: slice) -> Iterator[tuple[Span, slice, tuple[int, int]]]:
    """Yield the runs that a window of positions covers.

    They are a span, the part inside the window, within the run, and the window's positions before and after that part.
    """
    for span, run in _runs(spans):
        first, last = max(run.start, window.start), min(run.stop, window.stop)
        if first < last:
            yield span, slice(first - run.start, last - run.start), (first - window.start, window.stop - last)
