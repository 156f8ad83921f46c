"""What all built-in explainers that look into the detector have in common."""

import copy
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from veracity_bench.explainers.contract.catalogue import BUILT_IN, WHITE
from veracity_bench.explainers.contract.registry import load_explainer
from veracity_bench.explainers.contract.toy_classifiers import (
    linear_classifier,
    loudness_classifier,
    noise_excerpt,
    toy_instance,
)
from veracity_bench.models.detectors.build import build_detector
from veracity_bench.models.games.segments import PAPER_GRID, Grid

NAMES = [entry.name for entry in BUILT_IN if entry.access == WHITE]
ADDITIVE = ["input-x-gradient", "integrated-gradients", "gradient-shap", "deep-lift", "deep-shap", "lrp"]
CAMS = ["grad-cam", "guided-grad-cam"]
GRADIENTS = ["saliency", "smooth-grad", "guided-backprop", "deconvolution"]
OF_THE_PROBABILITY = sorted({*NAMES} - {"lrp"})


def explain(name, seen, seed=0):
    return load_explainer(name, samples=8192)(seen, np.random.default_rng(seed))


def test_there_are_twelve():
    assert sorted(NAMES) == sorted(ADDITIVE + CAMS + GRADIENTS)


@pytest.mark.parametrize("name", NAMES)
def test_the_only_segment_that_is_heard_comes_first(name):
    weights = explain(name, toy_instance(loudness_classifier((7,)), noise_excerpt((7,))))
    assert weights.shape == (20,)
    assert weights.argmax() == 7
    assert weights[7] > 0


@pytest.mark.parametrize("name", NAMES)
def test_a_segment_against_singing_comes_last(name):
    weights = explain(name, toy_instance(loudness_classifier(negative=(14,)), noise_excerpt((14,))))
    assert weights[14] == weights.min()
    assert weights[14] <= 0


@pytest.mark.parametrize("name", ADDITIVE)
@pytest.mark.parametrize("partition", [PAPER_GRID, Grid(time=2, frequency=3)], ids=["20 segments", "6 segments"])
def test_the_logit_of_a_linear_detector_is_shared_out_exactly(name, partition):
    """Counted from the masking baseline, not from log-mel 0 or the detector's own mean."""
    coefficients = np.random.default_rng(1).normal(size=(115, 80)) / 100
    seen = toy_instance(linear_classifier(coefficients, bias=0.3), noise_excerpt((2, 5), seed=4), partition)
    expected = partition.sums(coefficients * (seen.spectrogram - seen.baseline))
    np.testing.assert_allclose(explain(name, seen), expected, atol=1e-4 * np.abs(expected).max())


@pytest.mark.parametrize("name", GRADIENTS)
def test_the_gradient_of_a_linear_detector_is_its_coefficients(name):
    """With their signs; a detector without rectifiers has no gradient to guide."""
    coefficients = np.random.default_rng(1).normal(size=(115, 80))
    weights = explain(name, toy_instance(linear_classifier(coefficients), noise_excerpt((2,))))
    np.testing.assert_allclose(weights, PAPER_GRID.sums(coefficients), rtol=1e-4)


@pytest.mark.parametrize("name", OF_THE_PROBABILITY)
def test_the_probability_can_be_explained(name):
    """Where it is nearly linear in the logit, by its slope, which guided Grad-CAM multiplies twice."""
    coefficients = np.random.default_rng(1).normal(size=(115, 80)) / 1e5
    detector = loudness_classifier((7,)) if name in CAMS else linear_classifier(coefficients)
    if name in CAMS:
        detector[-2].weight.data /= 1e3
    seen = toy_instance(detector, noise_excerpt((7,)))
    logit, probability = (explain(f"{name}(output={output!r})", seen) for output in ("logit", "probability"))
    np.testing.assert_allclose(probability, logit / (16 if name == "guided-grad-cam" else 4), rtol=1e-2)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("detector", ["cnn-2015", "cnn-2018"])
def test_the_built_in_detectors_can_be_explained(name, detector):
    weights = explain(name, instance_without_game(build_detector(detector).eval(), noise_excerpt((7,))))
    assert np.isfinite(weights).all()
    assert np.ptp(weights) > 0 or name == "guided-grad-cam"  # untrained, the fourth layer of cnn-2018 is all against


@pytest.mark.parametrize("name", NAMES)
def test_silence_has_finite_weights(name):
    silence = np.full((115, 80), np.log(1e-7), np.float32)
    assert np.isfinite(explain(name, instance_without_game(build_detector("cnn-2015").eval(), silence))).all()


@pytest.mark.parametrize("name", NAMES)
def test_the_detector_is_left_as_it_was(name):
    """Also what the contract does not look at: gradients, what needs them, attributes and the type of layers."""
    detector = build_detector("cnn-2015").eval()
    for parameter in detector.parameters():
        parameter.grad = torch.ones_like(parameter)
    before = {path: dict(vars(module)) for path, module in copy.deepcopy(detector).named_modules()}
    explain(name, instance_without_game(detector, noise_excerpt((7,))))
    after = {path: dict(vars(module)) for path, module in detector.named_modules()}
    assert {path: set(names) for path, names in after.items()} == {path: set(names) for path, names in before.items()}
    assert [type(module) for module in detector.modules()] == [type(m) for m in build_detector("cnn-2015").modules()]
    for module in detector.modules():
        assert not any((module._forward_hooks, module._forward_pre_hooks, module._backward_hooks))
    assert [name for name, _ in detector.named_parameters()] == [
        name for name, _ in build_detector("cnn-2015").named_parameters()
    ]
    assert all(parameter.requires_grad and (parameter.grad == 1).all() for parameter in detector.parameters())


@pytest.mark.parametrize("name", sorted({*NAMES} - {"lrp"}))
def test_in_place_activations_make_no_difference(name):
    detector = loudness_classifier((7,))
    overwriting = copy.deepcopy(detector)
    for layer in overwriting:
        if isinstance(layer, nn.LeakyReLU):
            layer.inplace = True
    weights = explain(name, toy_instance(overwriting, noise_excerpt((7,))))
    np.testing.assert_allclose(weights, explain(name, toy_instance(detector, noise_excerpt((7,)))), atol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_parameters_need_no_gradients(name):
    """As in a detector that was read from disk."""
    detector = loudness_classifier((7,))
    needing = explain(name, toy_instance(detector, noise_excerpt((7,))))
    np.testing.assert_array_equal(
        explain(name, toy_instance(detector.requires_grad_(False), noise_excerpt((7,)))), needing
    )


def instance_without_game(detector, spectrogram):
    """Tables of a game take time, and these explainers ask none."""
    return replace(toy_instance(loudness_classifier(), spectrogram), detector=detector)
