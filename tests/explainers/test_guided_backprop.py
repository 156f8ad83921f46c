import copy
from dataclasses import replace

import numpy as np
import pytest
import torch
from captum import attr
from torch import nn

from veracity_bench.explainers.contract.toy_classifiers import loudness_classifier, noise_excerpt, toy_instance
from veracity_bench.explainers.deconvolution import Deconvolution
from veracity_bench.explainers.guided_backprop import GuidedBackprop
from veracity_bench.explainers.guided_grad_cam import GuidedGradCam
from veracity_bench.explainers.saliency import Saliency
from veracity_bench.explainers.support.families import tensors
from veracity_bench.explainers.support.predicted_class import Times
from veracity_bench.explainers.support.rectifiers import with_rectifiers
from veracity_bench.models.detectors.build import build_detector
from veracity_bench.models.games.segments import PAPER_GRID

BOTH = pytest.mark.parametrize("explainer", [GuidedBackprop(), Deconvolution()], ids=["guided", "deconvolution"])


def rng():
    return np.random.default_rng(0)


def with_cnn():
    return replace(toy_instance(loudness_classifier(), noise_excerpt((7,))), detector=build_detector("cnn-2015").eval())


def by_hand(seen, hook):
    """The gradient with a backward hook on every leaky rectifier of a copy."""
    detector = copy.deepcopy(seen.detector)
    for layer in detector.modules():
        if isinstance(layer, nn.LeakyReLU):
            layer.register_full_backward_hook(hook)
    x = tensors(seen)[0].requires_grad_()
    return PAPER_GRID.sums(torch.autograd.grad(detector(x)[0], x)[0][0].numpy())


def test_guided_backprop_by_hand():
    seen = with_cnn()
    expected = by_hand(seen, lambda layer, below, above: (below[0].clamp(min=0),))
    np.testing.assert_allclose(GuidedBackprop()(seen, rng()), expected, rtol=1e-3, atol=1e-5 * np.abs(expected).max())


def test_deconvolution_by_hand():
    seen = with_cnn()
    expected = by_hand(seen, lambda layer, below, above: (above[0].clamp(min=0),))
    np.testing.assert_allclose(Deconvolution()(seen, rng()), expected, rtol=1e-3, atol=1e-5 * np.abs(expected).max())


@BOTH
def test_leaky_rectifiers_are_guided(explainer):
    """captum by itself looks for nn.ReLU only, and gives the gradient."""
    seen = with_cnn()
    gradient = Saliency()(seen, rng())
    method = getattr(attr, type(explainer).__name__)(seen.detector)
    with pytest.warns(UserWarning, match="Setting backward hooks on ReLU"):
        alone = method.attribute(tensors(seen)[0].requires_grad_())
    np.testing.assert_allclose(PAPER_GRID.sums(alone[0].numpy()), gradient, rtol=1e-5)
    assert np.abs(explainer(seen, rng()) - gradient).max() > 0.1 * np.abs(gradient).max()


@pytest.mark.parametrize("explainer", [GuidedBackprop(), Deconvolution(), GuidedGradCam()], ids=repr)
def test_both_classes_are_explained_alike(explainer):
    """Of two detectors that say the opposite, both are asked about the class that they predict."""
    seen = with_cnn()
    opposite = replace(seen, detector=nn.Sequential(seen.detector, Times(-1)))
    weights = explainer(seen, rng())
    assert np.abs(weights).max() > 0
    np.testing.assert_allclose(explainer(opposite, rng()), -weights, rtol=1e-5, atol=1e-7 * np.abs(weights).max())


@pytest.mark.parametrize("name", ["cnn-2015", "cnn-2018"])
def test_a_copy_with_rectifiers_computes_the_same(name):
    detector = build_detector(name).eval()
    excerpts = torch.from_numpy(np.stack([noise_excerpt((7,), seed) for seed in range(2)]))
    clone = with_rectifiers(detector)
    torch.testing.assert_close(clone(excerpts), detector(excerpts), rtol=0, atol=0)
    assert not any(isinstance(layer, nn.LeakyReLU) for layer in clone.modules())
    assert any(isinstance(layer, nn.LeakyReLU) for layer in detector.modules())


def test_a_rectifier_that_is_used_twice_is_found_twice():
    leaky = nn.LeakyReLU(0.5, inplace=True)
    clone = with_rectifiers(nn.Sequential(leaky, nn.Sequential(leaky), nn.ReLU(inplace=True), leaky))
    assert all(isinstance(layer, nn.ReLU) and not layer.inplace for layer in (*clone[:1], *clone[1], *clone[2:]))
    assert clone[:2](torch.tensor([-4.0])).item() == -1
