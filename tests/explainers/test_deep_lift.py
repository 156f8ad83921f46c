from dataclasses import replace

import numpy as np
import pytest
import torch
from captum import attr
from torch import nn

from veracity_bench.explainers.contract.instance import NotApplicableError
from veracity_bench.explainers.contract.toy_classifiers import loudness_classifier, noise_excerpt, toy_instance
from veracity_bench.explainers.deep_lift import DeepLift
from veracity_bench.explainers.deep_shap import DeepShap
from veracity_bench.explainers.support.families import tensors
from veracity_bench.fixtures.detectors.weights import load_weights, shipped_weights
from veracity_bench.models.detectors.build import build_detector
from veracity_bench.models.games.segments import PAPER_GRID

BOTH = pytest.mark.parametrize("explainer", [DeepLift(), DeepShap()], ids=["captum", "shap"])


def rng():
    return np.random.default_rng(0)


def shipped():
    return load_weights(shipped_weights("cnn-2015"), torch.device("cpu")).module


def with_detector(detector, spectrogram=None):
    return replace(
        toy_instance(loudness_classifier(), noise_excerpt((7,)) if spectrogram is None else spectrogram),
        detector=detector,
    )


def pooled(activation):
    """Pairs of frames, of which the greater counts, after an activation."""
    dense = nn.Linear(57 * 80, 1)
    layers = [nn.Unflatten(1, (1, 115)), activation, nn.MaxPool2d((2, 1)), nn.Flatten(), dense, nn.Flatten(0)]
    dense.weight.data.fill_(0.01)
    return nn.Sequential(*layers).eval()


@BOTH
def test_attributions_add_up(explainer):
    seen = with_detector(shipped())
    x, baseline = tensors(seen)
    difference = (seen.detector(x) - seen.detector(baseline)).item()
    assert explainer(seen, rng()).sum() == pytest.approx(difference, abs=1e-4)


@pytest.mark.parametrize("output", ["logit", "probability"])
def test_captum_and_shap_agree(output):
    """Both apply the rescale rule against one baseline."""
    seen = with_detector(shipped())
    captum, shap = (method(output=output)(seen, rng()) for method in (DeepLift, DeepShap))
    np.testing.assert_allclose(captum, shap, atol=2e-4 * np.abs(shap).max())


@BOTH
def test_the_rescale_rule_by_hand(explainer):
    """A rectifier's multiplier is the slope of the secant from the baseline, here one per bin."""
    dense = nn.Linear(9200, 1)
    dense.weight.data = torch.from_numpy(rng().normal(size=(1, 9200)).astype(np.float32))
    norm = nn.BatchNorm2d(1, affine=False)
    norm.running_mean.fill_(-4.9)
    detector = nn.Sequential(nn.Unflatten(1, (1, 115)), norm, nn.ReLU(), nn.Flatten(), dense, nn.Flatten(0)).eval()
    seen = with_detector(detector)
    x, baseline = (np.maximum(part + 4.9, 0) for part in (seen.spectrogram, seen.baseline))
    expected = PAPER_GRID.sums((x - baseline) * dense.weight.detach().numpy().reshape(115, 80))
    np.testing.assert_allclose(explainer(seen, rng()), expected, rtol=1e-3, atol=1e-3)


@BOTH
def test_max_pooling_right_after_an_activation_adds_up(explainer):
    """captum by itself hooks both on one tensor, and tells the activation a gradient from before the pooling's rule."""
    seen = with_detector(
        pooled(nn.LeakyReLU(0.01)), np.random.default_rng(5).normal(0, 2, (115, 80)).astype(np.float32)
    )
    x, baseline = tensors(seen)
    difference = (seen.detector(x) - seen.detector(baseline)).item()
    assert explainer(seen, rng()).sum() == pytest.approx(difference, abs=1e-3)


def test_captum_by_itself_does_not_add_up():
    """Should it one day, the explainer can do without keeping inputs apart."""
    seen = with_detector(shipped())
    x, baseline = tensors(seen)
    with pytest.warns(UserWarning, match="Setting forward, backward hooks"):
        _, error = attr.DeepLift(seen.detector).attribute(x.requires_grad_(), baseline, return_convergence_delta=True)
    assert abs(error.item()) > 0.01


class Squared(nn.Module):
    def forward(self, x):
        return x**2


class SumOfSquares(nn.Module):
    def forward(self, log_mel):
        return (log_mel**2).sum(dim=(1, 2))


@BOTH
@pytest.mark.parametrize("detector", [pooled(Squared()), SumOfSquares()], ids=["a layer", "the whole"])
def test_layers_that_the_library_does_not_know_are_an_error(explainer, detector):
    """Both take their plain gradient: silently, but for its not adding up."""
    with pytest.raises(NotApplicableError, match="does not add up: the detector has a nonlinear layer"):
        explainer(with_detector(detector), rng())


def test_shap_leaves_nothing_in_the_detector():
    """It keeps activations as parameters of layers, and forgets those below a module of the detector's own class."""
    detector = build_detector("cnn-2015").eval()
    before = set(detector.state_dict())
    DeepShap()(with_detector(detector), rng())
    assert set(detector.state_dict()) == before
