from dataclasses import replace

import numpy as np
import pytest
import torch
from smooth_detectors import Cubic, from_minus_5

from veracity_bench.explainers.contract.instance import ContractError
from veracity_bench.explainers.contract.toy_classifiers import (
    loudness_classifier,
)
from veracity_bench.explainers.integrated_gradients import IntegratedGradients
from veracity_bench.fixtures.detectors.weights import load_weights, shipped_weights
from veracity_bench.models.games.segments import PAPER_GRID


class Cliff(torch.nn.Module):
    """Jumps where no gradient tells of it."""

    def forward(self, log_mel):
        return (log_mel.mean(dim=(1, 2)) > -4.99).float() + 0 * log_mel.sum(dim=(1, 2))


def rng(seed=0):
    return np.random.default_rng(seed)


def shipped():
    return load_weights(shipped_weights("cnn-2015"), torch.device("cpu")).module


def with_cnn():
    return replace(from_minus_5(loudness_classifier()), detector=shipped())


def path_integral(seen, points):
    """The gradient's mean over the midpoints of a fine division of the path, times its length, per segment."""
    x, baseline = torch.from_numpy(seen.spectrogram), torch.from_numpy(seen.baseline)
    total = torch.zeros_like(x)
    for alpha in (np.arange(points) + 0.5) / points:
        at = (baseline + float(alpha) * (x - baseline)).requires_grad_()
        total += torch.autograd.grad(seen.detector(at[None])[0], at)[0]
    return PAPER_GRID.sums(((x - baseline) * total / points).numpy())


def test_integrated_gradients_of_a_cubic():
    seen = from_minus_5(Cubic())
    expected = PAPER_GRID.sums((seen.spectrogram + 5) ** 3)
    np.testing.assert_allclose(IntegratedGradients()(seen, rng()), expected, rtol=1e-3, atol=1e-2)


def test_integrated_gradients_agree_with_a_plain_sum_along_the_path():
    seen = with_cnn()
    expected = path_integral(seen, 100)
    weights = IntegratedGradients(steps=40)(seen, rng())
    np.testing.assert_allclose(weights, expected, atol=0.02 * np.abs(expected).max())


def test_integrated_gradients_sum_to_the_difference_from_the_baseline():
    seen = with_cnn()
    ends = torch.from_numpy(np.stack([seen.spectrogram, seen.baseline]))
    difference = -float(seen.detector(ends).diff().detach())
    for tolerance in (0.03, 0.001):
        weights = IntegratedGradients(steps=2, tolerance=tolerance)(seen, rng())
        assert weights.sum() == pytest.approx(difference, abs=1.01 * tolerance * max(1, abs(difference)))


def test_steps_are_doubled_until_the_sum_is_right():
    steps = []
    detector = Cubic()
    detector.register_forward_pre_hook(
        lambda _, inputs: steps.append(len(inputs[0])) if torch.is_grad_enabled() else None
    )
    IntegratedGradients(steps=1)(replace(from_minus_5(Cubic()), detector=detector), rng())
    assert sum(steps) == 1 + 2  # two points integrate a square without error


def test_integrated_gradients_that_do_not_add_up_are_an_error():
    with pytest.raises(ContractError, match=r"integrated gradients of 3 steps sum to 0 instead of 1"):
        IntegratedGradients(steps=3, max_steps=3)(from_minus_5(Cliff()), rng())
    with pytest.raises(ContractError, match=r"integrated gradients of 6 steps sum to 0 instead of 1"):
        IntegratedGradients(steps=3, max_steps=96)(from_minus_5(Cliff()), rng())  # a doubling changed nothing


def test_settings_are_shown():
    assert repr(IntegratedGradients()) == "IntegratedGradients(output='logit', steps=20, max_steps=320, tolerance=0.05)"
