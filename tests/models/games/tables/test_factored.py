"""Tables of segment patterns give what forward passes give, for any trunk of windows and any grid."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from random_networks import random_game, randomise, sequence
from torch import nn

from veracity_bench.models.detectors.build import BUILT_IN, build_detector
from veracity_bench.models.detectors.networks import Detector
from veracity_bench.models.games.segments import Grid
from veracity_bench.models.games.solutions.coalitions import numbers


@pytest.mark.parametrize("name", sorted(BUILT_IN))
@pytest.mark.parametrize("grid", [Grid(), Grid(time=10, frequency=1), Grid(time=1, frequency=8)], ids=str)
def test_built_in_detectors_on_the_grids_of_slime(name, grid):
    game, expected, masks = random_game(randomise(build_detector(name), 0), grid, 1)
    np.testing.assert_allclose(game.logits(masks), expected, atol=1e-4)
    assert game.method == "tables of segment patterns"


sizes = st.tuples(st.integers(1, 4), st.integers(1, 4))
steps = st.tuples(st.integers(1, 3), st.integers(1, 3))


poolings = st.sampled_from(
    [
        nn.MaxPool2d(2),
        nn.MaxPool2d(3, 2, padding=1),
        nn.MaxPool2d((2, 1), dilation=2),
        nn.AvgPool2d((1, 2)),
        nn.AvgPool2d(3, padding=(1, 0)),
        nn.Identity(),
    ]
)


@st.composite
def convolutions(draw, channels, wanted):
    kernel = draw(sizes)
    dilation = draw(st.tuples(st.integers(1, 2), st.integers(1, 2)))
    if draw(st.booleans()):
        return nn.Conv2d(channels, wanted, kernel, padding="same", dilation=dilation)
    # No step where the kernel is 1: given channels-last input on a CPU, torch 2.13 writes past its memory, and may
    # crash, where an axis with a kernel of 1 is strided and there is one input channel, or it is dilated and padded.
    stride = tuple(1 if size == 1 else step for size, step in zip(kernel, draw(steps), strict=True))
    padding = draw(st.tuples(st.integers(0, 2), st.integers(0, 2)))
    return nn.Conv2d(channels, wanted, kernel, stride, padding, dilation)


@st.composite
def trunks(draw):
    trunk, channels = nn.Sequential(), 1
    for _ in range(draw(st.integers(1, 3))):
        wanted = draw(st.integers(1, 4))
        layers = [draw(convolutions(channels, wanted)), nn.BatchNorm2d(wanted)]
        layers += [draw(st.sampled_from([nn.LeakyReLU(0.01), nn.ReLU(inplace=True), nn.Tanh()])), draw(poolings)]
        if not fits(nn.Sequential(*trunk, *layers)):
            break
        trunk.extend(layers)
        channels = wanted
    return trunk


def fits(trunk):
    try:
        return trunk.eval()(torch.zeros(1, 1, 115, 80)).numel() > 0
    except RuntimeError:  # a window is larger than what it slides over
        return False


# Uneven padding is one of the cases here; torch warns that it copies the input for it, which is no concern of a test.
@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths:UserWarning")
@settings(max_examples=40, deadline=None)
@given(trunks(), st.integers(1, 6), st.integers(1, 5), st.integers(0, 99))
def test_any_trunk_and_grid(trunk, time, frequency, seed):
    torch.manual_seed(seed)
    grid = Grid(time=time, frequency=frequency)
    game, expected, masks = random_game(randomise(Detector(trunk), seed), grid, seed, 24)
    np.testing.assert_allclose(game.logits(masks), expected, atol=1e-4)
    if grid.n_segments <= 8:
        assert game.method == "tables of segment patterns"
    if grid.n_segments <= 12:
        np.testing.assert_allclose(game.table()[numbers(masks)], expected, atol=1e-4)


@pytest.mark.parametrize("layer", [nn.Dropout2d(), nn.Conv2d(4, 4, 1, stride=2), nn.Conv2d(4, 4, 2, stride=3)], ids=str)
def test_a_sequence_of_layers_is_factored(layer):
    game, expected, masks = random_game(sequence(layer), Grid(), 6)
    assert game.method == "tables of segment patterns"
    np.testing.assert_allclose(game.logits(masks), expected, atol=1e-4)


@pytest.mark.parametrize(
    "layer",
    [
        nn.AdaptiveAvgPool2d(1),  # global average pooling: a sum over positions
        nn.AdaptiveAvgPool2d((None, 3)),
        nn.AdaptiveAvgPool2d((5, 4)),  # 14 x 10 positions: windows overlap and differ in size
        nn.Sequential(nn.Conv2d(4, 6, 3, padding=1), nn.BatchNorm2d(6), nn.ReLU(), nn.AdaptiveAvgPool2d(1)),
        nn.Sequential(nn.AdaptiveAvgPool2d((7, 5)), nn.Tanh(), nn.AdaptiveMaxPool2d((7, None))),
        nn.AdaptiveMaxPool2d((14, 5)),
    ],
    ids=str,
)
def test_adaptive_poolings_are_factored(layer):
    game, expected, masks = random_game(sequence(layer), Grid(), 6)
    assert game.method == "tables of segment patterns"
    np.testing.assert_allclose(game.logits(masks), expected, atol=1e-4)


def test_the_detector_is_left_as_it_was():
    detector = randomise(build_detector("cnn-2015"), 0)
    random_game(detector, Grid(time=2, frequency=2), 0)[0].table()
    assert not any(getattr(layer, "inplace", False) for layer in detector.modules())
    assert sum(isinstance(layer, nn.BatchNorm1d | nn.BatchNorm2d) for layer in detector.modules()) == 6


@pytest.mark.parametrize(
    "grid", [Grid(time=3, frequency=2), Grid(time=1, frequency=1), Grid(time=13, frequency=1)], ids=str
)
def test_table_lists_coalitions_with_segment_s_at_bit_s(grid):
    game, _, _ = random_game(randomise(build_detector("cnn-2015"), 0), grid, 4)
    masks = [[(index >> segment) & 1 for segment in range(grid.n_segments)] for index in range(2**grid.n_segments)]
    np.testing.assert_allclose(game.table(), game.logits(masks), atol=1e-6)


def test_the_table_of_twenty_segments():
    game, expected, masks = random_game(randomise(build_detector("cnn-2018"), 0), Grid(), 5, 256)
    table = game.table()
    assert table.shape == (2**20,)
    assert table.dtype == np.float32
    np.testing.assert_allclose(table[numbers(masks)], expected, atol=1e-4)


def test_asking_twice_gives_the_same():
    """Layers that work in place must not reach the tables."""
    game, _, masks = random_game(randomise(build_detector("cnn-2015"), 0), Grid(time=3, frequency=1), 5)
    first = game.table(), game.logits(masks)
    np.testing.assert_array_equal(first[0], game.table())
    np.testing.assert_array_equal(first[1], game.logits(masks))


def test_a_table_in_half_precision():
    game, _, _ = random_game(randomise(build_detector("cnn-2015"), 0), Grid(time=3, frequency=2), 4)
    assert game.table(np.float16).dtype == np.float16
    np.testing.assert_allclose(game.table(np.float16), game.table(), rtol=2**-11)


def test_table_of_too_many_segments_raises():
    game, _, masks = random_game(randomise(build_detector("cnn-2015"), 0), Grid(time=7, frequency=3), 5, 4)
    with pytest.raises(ValueError, match="2\\^21"):
        game.table()
    assert not game.enumerable
    assert game.logits(masks).shape == (4,)


def test_many_segments_have_logits():
    game, expected, masks = random_game(randomise(build_detector("cnn-2015"), 0), Grid(time=8, frequency=5), 5, 16)
    assert game.method == "tables of segment patterns"
    np.testing.assert_allclose(game.logits(masks), expected, atol=1e-4)
