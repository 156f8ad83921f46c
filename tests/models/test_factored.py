"""Tables of segment patterns give what forward passes give, for any trunk of unpadded windows and any grid."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from models.detector import BUILT_IN, Detector, build_detector
from models.game import SegmentGame
from models.segments import Grid


def randomise(detector: nn.Module, seed: int) -> nn.Module:
    """Give batch norm statistics that do something, as training would."""
    rng = torch.Generator().manual_seed(seed)
    for layer in detector.modules():
        if isinstance(layer, nn.BatchNorm1d | nn.BatchNorm2d):
            layer.running_mean.copy_(0.3 * torch.randn(layer.running_mean.shape, generator=rng))
            layer.running_var.copy_(0.5 + torch.rand(layer.running_var.shape, generator=rng))
            layer.bias.data.copy_(0.3 * torch.randn(layer.bias.shape, generator=rng))
    return detector.eval().requires_grad_(False)


def plain_logits(detector, grid, off, on, masks):
    mixed = [np.where(mask[grid.map] == 1, on, off) for mask in masks]
    with torch.no_grad():
        return torch.cat([detector(torch.from_numpy(part)) for part in np.array_split(np.stack(mixed), 4)]).numpy()


def random_game(detector, grid, seed, n=64):
    rng = np.random.default_rng(seed)
    off, on = rng.normal(size=(2, 115, 80)).astype(np.float32)
    masks = rng.integers(0, 2, size=(n, grid.n_segments))
    masks[:2] = [[0], [1]]
    return SegmentGame(detector, grid, off, on), plain_logits(detector, grid, off, on, masks), masks


@pytest.mark.parametrize("name", sorted(BUILT_IN))
@pytest.mark.parametrize("grid", [Grid(), Grid(time=10, frequency=1), Grid(time=1, frequency=8)], ids=str)
def test_built_in_detectors_on_the_grids_of_slime(name, grid):
    game, expected, masks = random_game(randomise(build_detector(name), 0), grid, 1)
    np.testing.assert_allclose(game.logits(masks), expected, atol=1e-4)
    assert game.method == "tables of segment patterns"


sizes = st.tuples(st.integers(1, 4), st.integers(1, 4))
steps = st.tuples(st.integers(1, 3), st.integers(1, 3))


@st.composite
def trunks(draw):
    trunk, channels = nn.Sequential(), 1
    for _ in range(draw(st.integers(1, 3))):
        wanted = draw(st.integers(1, 4))
        dilation = draw(st.tuples(st.integers(1, 2), st.integers(1, 2)))
        layers = [nn.Conv2d(channels, wanted, draw(sizes), draw(steps), dilation=dilation), nn.BatchNorm2d(wanted)]
        layers += [draw(st.sampled_from([nn.LeakyReLU(0.01), nn.ReLU(), nn.Tanh()]))]
        layers += [draw(st.sampled_from([nn.MaxPool2d(2), nn.MaxPool2d(3, 2), nn.AvgPool2d((1, 2)), nn.Identity()]))]
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


@settings(max_examples=30, deadline=None)
@given(trunks(), st.integers(1, 6), st.integers(1, 5), st.integers(0, 99))
def test_any_trunk_and_grid(trunk, time, frequency, seed):
    torch.manual_seed(seed)
    game, expected, masks = random_game(
        randomise(Detector(trunk), seed), Grid(time=time, frequency=frequency), seed, 24
    )
    np.testing.assert_allclose(game.logits(masks), expected, atol=1e-4)


def test_padding_falls_back_to_forward_passes():
    detector = randomise(Detector(nn.Sequential(nn.Conv2d(1, 2, 9, stride=4, padding=4), nn.MaxPool2d(4))), 0)
    game, expected, masks = random_game(detector, Grid(), 2, 16)
    assert game.method == "batched forward passes"
    np.testing.assert_allclose(game.logits(masks), expected, atol=1e-5)


def test_a_hook_falls_back_to_forward_passes():
    detector = randomise(build_detector("cnn-2015"), 0)
    detector.trunk[0].register_forward_hook(lambda module, inputs, output: 2 * output)
    game, expected, masks = random_game(detector, Grid(), 3, 16)
    assert game.method == "batched forward passes"
    np.testing.assert_allclose(game.logits(masks), expected, atol=1e-5)


def test_table_lists_coalitions_with_segment_s_at_bit_s():
    grid = Grid(time=3, frequency=2)
    game, _, _ = random_game(randomise(build_detector("cnn-2015"), 0), grid, 4)
    masks = [[(index >> segment) & 1 for segment in range(6)] for index in range(64)]
    np.testing.assert_allclose(game.table(), game.logits(masks), atol=1e-6)


def test_table_of_too_many_segments_raises():
    game, _, masks = random_game(randomise(build_detector("cnn-2015"), 0), Grid(time=7, frequency=3), 5, 4)
    with pytest.raises(ValueError, match="2\\^21"):
        game.table()
    assert game.logits(masks).shape == (4,)
