from dataclasses import replace

import numpy as np
import pytest
import torch
from listening import excerpt, instance
from scipy.special import expit
from toys import Loudness
from veracity_bench.explainers.gradients import InputXGradient, Saliency, SmoothGrad
from veracity_bench.models.games.segments import PAPER_GRID


class Square(torch.nn.Module):
    """The sum of half of the squares: the gradient is the spectrogram."""

    def forward(self, log_mel):
        return (log_mel**2).sum(dim=(1, 2)) / 2


def rng():
    return np.random.default_rng(0)


def test_saliency_keeps_the_sign():
    """Which captum drops by default: the gradient is the excerpt, which is negative."""
    seen = instance(Square(), excerpt((3,)))
    weights = Saliency()(seen, rng())
    np.testing.assert_allclose(weights, PAPER_GRID.sums(seen.spectrogram), rtol=1e-5)
    assert (weights < 0).all()


def test_saliency_of_the_probability_is_that_of_the_logit_times_the_slope_of_the_sigmoid():
    seen = instance(Loudness((7,), level=-2.1), excerpt((7,)))
    logit = seen.detector(torch.from_numpy(seen.spectrogram[None])).item()
    slope = expit(logit) * expit(-logit)
    expected = slope * Saliency()(seen, rng())
    np.testing.assert_allclose(Saliency(output="probability")(seen, rng()), expected, rtol=1e-4)


def test_input_times_gradient_counts_from_the_baseline():
    """From log-mel 0, the weights of a loud segment would be negative, since log-mel is."""
    seen = instance(Loudness((7,)), excerpt((7,)))
    weights = InputXGradient()(seen, rng())
    assert weights[7] > 0
    expected = PAPER_GRID.sums((seen.spectrogram - seen.baseline) * seen.detector.weight.detach().numpy())
    np.testing.assert_allclose(weights, expected, atol=1e-4)


def test_without_noise_smooth_grad_is_saliency():
    seen = instance(Square(), excerpt((3,)))
    np.testing.assert_allclose(SmoothGrad(noise=0.0)(seen, rng()), Saliency()(seen, rng()), rtol=1e-5)


def test_smooth_grad_adds_noise_of_a_share_of_the_range():
    """The gradient is the noisy excerpt: a segment's is off by sqrt(460 / 12) standard deviations after 12 passes."""
    seen = instance(Square(), excerpt((3,)))
    errors = [
        SmoothGrad(passes=12)(seen, np.random.default_rng(seed)) - PAPER_GRID.sums(seen.spectrogram)
        for seed in range(20)
    ]
    deviation = np.sqrt(np.mean(np.square(errors))) / np.sqrt(460 / 12)
    assert deviation == pytest.approx(0.15 * np.ptp(seen.spectrogram), rel=0.1)


def test_smooth_grad_makes_as_many_passes_as_told():
    passes = []
    detector = Square()
    detector.register_forward_pre_hook(lambda _, inputs: passes.append(len(inputs[0])))
    seen = replace(instance(Square(), excerpt()), detector=detector)
    SmoothGrad(passes=7)(seen, rng())
    assert sum(passes) == 7


def test_settings_are_shown():
    assert repr(Saliency()) == "Saliency(output='logit')"
    assert repr(SmoothGrad()) == "SmoothGrad(output='logit', passes=16, noise=0.15)"
