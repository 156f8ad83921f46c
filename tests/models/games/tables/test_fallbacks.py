"""What tables cannot evaluate exactly is evaluated by forward passes."""

import numpy as np
import pytest
from random_networks import random_game, randomise, sequence
from torch import nn

from veracity_bench.models.detectors.build import build_detector
from veracity_bench.models.games.segments import Grid


@pytest.mark.parametrize(
    "layer",
    [
        nn.Sequential(nn.AdaptiveAvgPool2d(3), nn.ReLU()),  # unequal windows before what is not linear
        nn.AdaptiveMaxPool2d(5),
        nn.AdaptiveMaxPool2d(1),  # sees everything
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


def test_a_hook_falls_back_to_forward_passes():
    detector = randomise(build_detector("cnn-2015"), 0)
    detector.trunk[0].register_forward_hook(lambda module, inputs, output: 2 * output)
    game, expected, masks = random_game(detector, Grid(), 3, 16)
    assert game.method == "batched forward passes"
    np.testing.assert_allclose(game.logits(masks), expected, atol=1e-5)
