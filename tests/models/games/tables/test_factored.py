"""Tables of segment patterns give what forward passes give, for any trunk of windows and any grid."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from veracity_bench.models.detectors.build import BUILT_IN, build_detector
from veracity_bench.models.detectors.networks import Detector
from veracity_bench.models.games.segment_game import SegmentGame
from veracity_bench.models.games.segments import Grid
from veracity_bench.models.games.solutions.coalitions import numbers


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


def sequence(*layers):
    """A detector of someone else, not built of a trunk and a head of ours."""
    torch.manual_seed(0)
    front = nn.Unflatten(1, (1, 115)), nn.BatchNorm2d(1)
    trunk = nn.Sequential(nn.Conv2d(1, 4, 5, stride=2, padding=2), nn.PReLU(), nn.MaxPool2d(4)), *layers
    features = nn.Sequential(*front, *trunk).eval()(torch.zeros(1, 115, 80)).numel()
    head = nn.Flatten(), nn.Linear(features, 8, bias=False), nn.ReLU(), nn.BatchNorm1d(8), nn.Linear(8, 1)
    return randomise(nn.Sequential(*front, *trunk, *head, nn.Flatten(0)), 0)


@pytest.mark.parametrize("layer", [nn.Dropout2d(), nn.Conv2d(4, 4, 1, stride=2), nn.Conv2d(4, 4, 2, stride=3)], ids=str)
def test_a_sequence_of_layers_is_factored(layer):
    game, expected, masks = random_game(sequence(layer), Grid(), 6)
    assert game.method == "tables of segment patterns"
    np.testing.assert_allclose(game.logits(masks), expected, atol=1e-4)


@pytest.mark.parametrize(
    "layer",
    [
        nn.AdaptiveAvgPool2d(3),
        nn.MaxPool2d(2, ceil_mode=True),
        nn.AvgPool2d(3, padding=1, count_include_pad=False),
        nn.Conv2d(4, 4, 3, padding=1, padding_mode="reflect"),
        nn.Conv2d(4, 4, (14, 10)),  # sees everything: 2^20 patterns are no shortcut
        nn.MaxPool2d((14, 10)),
        nn.Softmax2d(),
    ],
    ids=str,
)
def test_other_layers_fall_back_to_forward_passes(layer):
    game, expected, masks = random_game(sequence(layer), Grid(), 2, 16)
    assert game.method == "batched forward passes"
    assert not game.enumerable
    np.testing.assert_allclose(game.logits(masks), expected, atol=1e-4)


class Clamped(nn.BatchNorm1d):
    def forward(self, x):
        return super().forward(x).clamp(-0.1, 0.1)


def test_a_subclass_is_not_taken_for_its_class():
    detector = sequence()
    detector[-4] = Clamped(8)  # right after a dense layer
    game, expected, masks = random_game(detector.eval(), Grid(), 2, 16)
    assert game.method == "batched forward passes"
    np.testing.assert_allclose(game.logits(masks), expected, atol=1e-5)


@pytest.mark.parametrize("place", [0, 3, -2])
def test_another_forward_on_an_instance_is_seen(place):
    detector = sequence()
    forward = detector[place].forward
    detector[place].forward = lambda x: forward(x) + 1
    game, expected, masks = random_game(detector, Grid(), 2, 16)
    assert game.method == "batched forward passes"
    np.testing.assert_allclose(game.logits(masks), expected, atol=1e-5)


def test_batch_norm_without_weights_is_left_alone():
    detector = sequence()
    detector[-4] = nn.BatchNorm1d(8, affine=False).eval()  # right after a dense layer
    game, expected, masks = random_game(detector, Grid(), 2, 16)
    np.testing.assert_allclose(game.logits(masks), expected, atol=1e-4)


def test_dense_layers_along_one_axis_fall_back():
    norm, front = nn.BatchNorm1d(115), nn.Linear(80, 4)
    detector = nn.Sequential(front, norm, nn.ReLU(), nn.Flatten(), nn.Linear(460, 1), nn.Flatten(0)).eval()
    game, expected, masks = random_game(detector, Grid(), 2, 16)
    assert game.method == "batched forward passes"
    np.testing.assert_allclose(game.logits(masks), expected, atol=1e-5)


def test_what_depends_on_the_batch_falls_back():
    detector = sequence()
    detector.insert(2, nn.BatchNorm2d(1, track_running_stats=False))
    assert random_game(detector, Grid(), 2, 4)[0].method == "batched forward passes"


def test_the_detector_is_left_as_it_was():
    detector = randomise(build_detector("cnn-2015"), 0)
    random_game(detector, Grid(time=2, frequency=2), 0)[0].table()
    assert not any(getattr(layer, "inplace", False) for layer in detector.modules())
    assert sum(isinstance(layer, nn.BatchNorm1d | nn.BatchNorm2d) for layer in detector.modules()) == 6


def test_a_hook_falls_back_to_forward_passes():
    detector = randomise(build_detector("cnn-2015"), 0)
    detector.trunk[0].register_forward_hook(lambda module, inputs, output: 2 * output)
    game, expected, masks = random_game(detector, Grid(), 3, 16)
    assert game.method == "batched forward passes"
    np.testing.assert_allclose(game.logits(masks), expected, atol=1e-5)


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
