"""A layer run on parts alone gives what it gives on all patterns of the block."""

from itertools import product

import pytest
import torch
from torch import nn

from veracity_bench.models.detectors.networks import ZeroMeanConv2d
from veracity_bench.models.games.tables.outputs import Part, all_outputs, of_blocks, of_parts

ROWS = {((0,),): 2, ((0,), (1,)): 1, ((1,),): 3}  # by the segments in time that they see, 6 in all
COLUMNS = {((0,),): 1, ((0,), (1,)): 2, ((1,), (2,)): 1, ((2,),): 2}
SEGMENTS = [(t, f) for t in range(2) for f in range(3)]


def block(channels=3):
    """A block of 6 x 6 positions in 3 x 4 parts, whose values are random."""
    strips, above = [], 0
    for times, height in ROWS.items():
        strip, left = [], 0
        for bands, width in COLUMNS.items():
            seen = [(t, f) for (t,) in times for (f,) in bands]
            values = torch.randn(2 ** len(seen), channels, height, width)
            strip.append(Part(values, seen, (left, 6 - left - width, above, 6 - above - height)))
            left += width
        strips.append(strip)
        above += height
    return strips


def number(segments, present):
    return sum(present[segment] << i for i, segment in enumerate(segments))


def by_hand(layer, strips, segments):
    """Put the block of each pattern together and run the layer on it."""
    blocks = []
    for bits in product((0, 1), repeat=len(segments)):
        present = dict(zip(reversed(segments), bits, strict=True))
        rows = [[part.values[number(part.segments, present)] for part in strip] for strip in strips]
        blocks.append(torch.cat([torch.cat(row, dim=-1) for row in rows], dim=-2))
    return layer(torch.stack(blocks))


@pytest.mark.parametrize(
    "layer",
    [
        nn.Conv2d(3, 4, (2, 5)),
        nn.Conv2d(3, 4, (3, 2), stride=(1, 2), dilation=(2, 1)),
        nn.Conv2d(3, 6, 2, groups=3, bias=False),
        ZeroMeanConv2d(3, 4, 3, bias=False),
        nn.AvgPool2d((2, 3)),
        nn.MaxPool2d((2, 3), stride=1),
        nn.MaxPool2d(2, dilation=3),
    ],
    ids=str,
)
@pytest.mark.parametrize("way", [of_parts, of_blocks])
@pytest.mark.parametrize("segments", [SEGMENTS, [(1, 5), *SEGMENTS]], ids=["all seen", "one unseen"])
def test_both_ways_give_what_a_pass_for_each_pattern_gives(layer, way, segments):
    torch.manual_seed(0)
    strips = block()
    with torch.no_grad():
        torch.testing.assert_close(way(layer, strips, segments), by_hand(layer, strips, segments))


def test_few_blocks_at_a_time_give_the_same(monkeypatch):
    torch.manual_seed(0)
    strips, layer = block(), nn.Conv2d(3, 4, 3)
    with torch.no_grad():
        expected = by_hand(layer, strips, SEGMENTS)
        monkeypatch.setattr("veracity_bench.models.games.tables.outputs.CHUNK_FLOATS", 250)
        for way in (of_parts, of_blocks):
            torch.testing.assert_close(way(layer, strips, SEGMENTS), expected)


class Counting(nn.AvgPool2d):
    """Counts the blocks that it is run on."""

    n = 0

    def forward(self, inputs):
        self.n += len(inputs)
        return super().forward(inputs)


@pytest.mark.parametrize(("n_segments", "blocks"), [(6, 2**6), (7, 2**7), (8, 64 + 1)])
def test_parts_run_alone_where_they_have_fewer_than_half_as_many_patterns(n_segments, blocks):
    """The strips have 12, 40 and 12 patterns: 2 + 4 + 4 + 2, and squares of these. One pass more is for the bias."""
    layer = Counting(2)
    all_outputs(layer, block(), [*SEGMENTS, (5, 5), (5, 6)][:n_segments])
    assert layer.n == blocks
