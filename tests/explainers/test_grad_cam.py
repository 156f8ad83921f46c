from dataclasses import replace

import numpy as np
import pytest
import torch
from captum import attr
from torch import nn
from torch.nn import functional

from veracity_bench.explainers.contract.instance import NotApplicableError
from veracity_bench.explainers.contract.toy_classifiers import (
    linear_classifier,
    loudness_classifier,
    noise_excerpt,
    toy_instance,
)
from veracity_bench.explainers.grad_cam import GradCam
from veracity_bench.explainers.guided_grad_cam import GuidedGradCam
from veracity_bench.explainers.support.families import tensors
from veracity_bench.explainers.support.rectifiers import with_rectifiers
from veracity_bench.models.detectors.build import build_detector
from veracity_bench.models.games.segments import PAPER_GRID


def rng():
    return np.random.default_rng(0)


def with_cnn():
    return replace(toy_instance(loudness_classifier(), noise_excerpt((7,))), detector=build_detector("cnn-2015").eval())


def cam_by_hand(seen, convolution, at_least=-np.inf):
    """Maps of a layer times the mean of their gradients, cut, then stretched over the excerpt."""
    maps = []
    handle = convolution.register_forward_hook(lambda layer, inputs, output: maps.append(output))
    logit = seen.detector(tensors(seen)[0])[0]
    handle.remove()
    importance = torch.autograd.grad(logit, maps[0])[0].mean(dim=(2, 3), keepdim=True)
    cam = (importance * maps[0]).sum(dim=1, keepdim=True).clamp(min=at_least)
    return functional.interpolate(cam, (115, 80), mode="bilinear")[0, 0].detach().numpy()


def test_grad_cam_by_hand():
    """At the fourth convolution, with the parts that speak against."""
    seen = with_cnn()
    expected = PAPER_GRID.sums(cam_by_hand(seen, seen.detector.trunk[10]))
    np.testing.assert_allclose(GradCam()(seen, rng()), expected, rtol=1e-4, atol=1e-6 * np.abs(expected).max())


def test_guided_grad_cam_by_hand():
    """Bin by bin, guided backpropagation times what speaks for "sing" in the map."""
    seen = with_cnn()
    with pytest.warns(UserWarning, match="Setting backward hooks on ReLU"):
        guided = attr.GuidedBackprop(with_rectifiers(seen.detector)).attribute(tensors(seen)[0].requires_grad_())
    expected = PAPER_GRID.sums(guided[0].numpy() * cam_by_hand(seen, seen.detector.trunk[10], at_least=0))
    np.testing.assert_allclose(GuidedGradCam()(seen, rng()), expected, rtol=1e-3, atol=1e-5 * np.abs(expected).max())


def test_guided_grad_cam_tells_what_speaks_for_the_predicted_class():
    """Its map is cut off at 0, as published, where grad-cam's is not."""
    quiet = toy_instance(loudness_classifier(negative=(14,)), noise_excerpt((14,)))
    assert np.flatnonzero(GuidedGradCam()(quiet, rng()) < -1e-6).tolist() == [14]
    assert GradCam()(quiet, rng())[14] < 0


def test_the_last_of_fewer_convolutions_is_read():
    detector = nn.Sequential(
        *list(loudness_classifier((7,)))[:4], nn.Flatten(), nn.Linear(9200, 1), nn.Flatten(0)
    ).eval()
    seen = replace(toy_instance(loudness_classifier(), noise_excerpt((7,))), detector=detector)
    expected = PAPER_GRID.sums(cam_by_hand(seen, detector[2]))
    np.testing.assert_allclose(GradCam()(seen, rng()), expected, rtol=1e-4, atol=1e-6 * np.abs(expected).max())


@pytest.mark.parametrize("explainer", [GradCam(), GuidedGradCam()], ids=["grad-cam", "guided"])
def test_a_detector_without_convolutions_is_an_error(explainer):
    with pytest.raises(NotApplicableError, match=r"need a detector that holds an nn.Conv2d"):
        explainer(toy_instance(linear_classifier(np.ones((115, 80))), noise_excerpt()), rng())
