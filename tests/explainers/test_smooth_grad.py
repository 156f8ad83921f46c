from dataclasses import replace

import numpy as np
import pytest
from smooth_detectors import Square

from veracity_bench.explainers.contract.toy_classifiers import noise_excerpt, toy_instance
from veracity_bench.explainers.saliency import Saliency
from veracity_bench.explainers.smooth_grad import SmoothGrad
from veracity_bench.models.games.segments import PAPER_GRID


def rng():
    return np.random.default_rng(0)


def test_without_noise_smooth_grad_is_saliency():
    seen = toy_instance(Square(), noise_excerpt((3,)))
    np.testing.assert_allclose(SmoothGrad(noise=0.0)(seen, rng()), Saliency()(seen, rng()), rtol=1e-5)


def test_smooth_grad_adds_noise_of_a_share_of_the_range():
    """The gradient is the noisy excerpt: a segment's is off by sqrt(460 / 12) standard deviations after 12 passes."""
    seen = toy_instance(Square(), noise_excerpt((3,)))
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
    seen = replace(toy_instance(Square(), noise_excerpt()), detector=detector)
    SmoothGrad(passes=7)(seen, rng())
    assert sum(passes) == 7


def test_settings_are_shown():
    assert repr(SmoothGrad()) == "SmoothGrad(output='logit', passes=16, noise=0.15)"
