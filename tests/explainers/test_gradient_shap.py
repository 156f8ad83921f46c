from dataclasses import replace

import numpy as np
from smooth_detectors import Cubic, from_minus_5

from veracity_bench.explainers.contract.toy_classifiers import (
    linear_classifier,
    noise_excerpt,
    toy_instance,
)
from veracity_bench.explainers.gradient_shap import GradientShap
from veracity_bench.models.games.segments import PAPER_GRID


def rng(seed=0):
    return np.random.default_rng(seed)


def test_gradient_shap_estimates_integrated_gradients():
    seen = from_minus_5(Cubic())
    expected = PAPER_GRID.sums((seen.spectrogram + 5) ** 3)
    weights = GradientShap(passes=1000)(seen, rng())
    np.testing.assert_allclose(weights, expected, atol=0.1 * expected.max())


def test_gradient_shap_shares_out_a_linear_detector_whatever_its_draws():
    """Noise is part of what a bin gets in captum, (x + noise - baseline) times gradient: it averages out."""
    coefficients = rng(1).normal(size=(115, 80)) / 100
    seen = toy_instance(linear_classifier(coefficients), noise_excerpt((2,)))
    expected = PAPER_GRID.sums(coefficients * (seen.spectrogram - seen.baseline))
    np.testing.assert_allclose(GradientShap(passes=1)(seen, rng()), expected, atol=1e-4)
    noisy = GradientShap(passes=400, noise=0.1)(seen, rng())
    assert 0 < np.abs(noisy - expected).max() < 0.005


def test_gradient_shap_makes_as_many_passes_as_told():
    passes = []
    detector = Cubic()
    detector.register_forward_pre_hook(lambda _, inputs: passes.append(len(inputs[0])))
    GradientShap(passes=7)(replace(from_minus_5(Cubic()), detector=detector), rng())
    assert sum(passes) == 7


def test_gradient_shap_draws_from_its_generator():
    seen = from_minus_5(Cubic())
    first, again, other = (GradientShap()(seen, rng(seed)) for seed in (0, 0, 1))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_settings_are_shown():
    assert repr(GradientShap()) == "GradientShap(output='logit', passes=16, noise=0.0)"
