"""What a layer of windows puts out for all patterns of some segments, from a block of inputs in parts.

Each part of a block sees a few of the segments, and has a value per pattern of these. A convolution and an average add
up what they see, and a maximum is the largest of it: so the layer may run on each part alone, with padding in place of
the others, and what it puts out is added up, or the larger taken, for all patterns of the block. Where the parts
together have about as many patterns as the block, the layer runs on the patterns of the block instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from math import prod

import torch
from torch import Tensor, nn
from torch.nn import functional

from veracity_bench.models.detectors.windows import padding_value
from veracity_bench.models.games.tables.axes import along, restrict

Cell = tuple[int, int]  # a segment, by its number in time and in frequency
CHUNK_FLOATS = 4_000_000  # what goes into a layer at a time


@dataclass(frozen=True, eq=False)
class Part:
    """Positions of a block that see the same segments: values (2^segments, channels, rows, columns).

    ``sides`` are the columns of the block to the left and to the right, and the rows above and below.
    """

    values: Tensor
    segments: list[Cell]
    sides: tuple[int, int, int, int]

    @property
    def block(self) -> tuple[int, int, int]:
        """The shape of the block: channels, rows, columns."""
        _, channels, rows, columns = self.values.shape
        left, right, above, below = self.sides
        return channels, above + rows + below, left + columns + right

    @property
    def at_once(self) -> int:
        """How many blocks go into a layer at a time."""
        return max(1, CHUNK_FLOATS // prod(self.block))


Strips = Sequence[Sequence[Part]]  # a block: strips one below the other, of parts side by side


def all_outputs(layer: nn.Module, strips: Strips, segments: list[Cell]) -> Tensor:
    """Return what a layer that pads nothing puts out, (2^segments, channels, rows, columns)."""
    n_alone = sum(len(part.values) for strip in strips for part in strip)
    run = of_parts if 2 * n_alone < 2 ** len(segments) else of_blocks
    return run(layer, strips, segments)


def of_parts(layer: nn.Module, strips: Strips, segments: list[Cell]) -> Tensor:
    """Run the layer on each part alone and put together what it puts out."""
    alone = [[along(_of_part(layer, part), part.segments, segments) for part in strip] for strip in strips]
    if isinstance(layer, nn.MaxPool2d):
        together = reduce(torch.maximum, [reduce(torch.maximum, strip) for strip in alone])
    else:  # each has the layer's bias, which counts once
        bias = layer(strips[0][0].values.new_zeros(1, *strips[0][0].block))
        together = reduce(torch.add, [reduce(torch.add, strip) for strip in alone], (1 - sum(map(len, alone))) * bias)
    return _flat(together, len(segments))


def of_blocks(layer: nn.Module, strips: Strips, segments: list[Cell]) -> Tensor:
    """Run the layer on all patterns of the block, as many at a time as stay in the cache."""
    n_together = min(len(segments), strips[0][0].at_once.bit_length() - 1)
    spread = [[along(part.values, part.segments, segments) for part in strip] for strip in strips]
    patterns = product((0, 1), repeat=len(segments) - n_together)
    return torch.cat([layer(_block(spread, pattern, n_together)) for pattern in patterns])


def _of_part(layer: nn.Module, part: Part) -> Tensor:
    """Run the layer on all patterns of a part, with padding in place of the others."""
    blocks = functional.pad(part.values, part.sides, value=padding_value(layer))
    chunks = torch.split(blocks.contiguous(memory_format=torch.channels_last), part.at_once)
    return torch.cat([layer(chunk) for chunk in chunks])


def _block(spread: list[list[Tensor]], pattern: Sequence[int], n_together: int) -> Tensor:
    """Put together the layer's inputs (patterns, channels, rows, columns) from the parts."""
    wide = [2] * n_together + [-1] * 3
    strips = [torch.cat([restrict(part, pattern).expand(wide) for part in strip], dim=-1) for strip in spread]
    return _flat(torch.cat(strips, dim=-2), n_together).contiguous(memory_format=torch.channels_last)


def _flat(values: Tensor, n: int) -> Tensor:
    """Return values with an axis for each of n segments as (2^n, channels, rows, columns)."""
    shape = values.shape[-3:]
    return values.expand(*[2] * n, *shape).reshape(2**n, *shape)
