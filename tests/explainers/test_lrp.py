from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn
from toys import Small

from veracity_bench.explainers.contract.instance import NotApplicableError
from veracity_bench.explainers.contract.toy_classifiers import loudness_classifier, noise_excerpt, toy_instance
from veracity_bench.explainers.input_x_gradient import InputXGradient
from veracity_bench.explainers.lrp import GammaRule, Lrp, Sharing
from veracity_bench.explainers.support.chain import chain_of_layers
from veracity_bench.explainers.support.families import tensors
from veracity_bench.fixtures.detectors.weights import load_weights, shipped_weights
from veracity_bench.models.detectors.build import build_detector
from veracity_bench.models.detectors.networks import ZeroMeanConv2d
from veracity_bench.models.games.segments import PAPER_GRID


def rng():
    return np.random.default_rng(0)


def shipped():
    return load_weights(shipped_weights("cnn-2015"), torch.device("cpu")).module


def with_detector(detector):
    return replace(toy_instance(loudness_classifier(), noise_excerpt((7,))), detector=detector.eval())


def leaky(x):
    return np.where(x > 0, x, 0.01 * x)


def two_convolutions(bias):
    """1 x 1 kernels: two channels, a bin and its opposite, then one, 2 x the first - the second + bias."""
    first, second, dense = nn.Conv2d(1, 2, 1, bias=False), nn.Conv2d(2, 1, 1), nn.Linear(9200, 1, bias=False)
    first.weight.data = torch.tensor([1.0, -1.0]).reshape(2, 1, 1, 1)
    second.weight.data = torch.tensor([2.0, -1.0]).reshape(1, 2, 1, 1)
    second.bias.data.fill_(bias)
    dense.weight.data.fill_(1e-3)
    layers = [first, nn.LeakyReLU(), second, nn.LeakyReLU(), nn.Flatten(), dense, nn.Flatten(0)]
    return nn.Sequential(nn.Unflatten(1, (1, 115)), *layers).eval()


@pytest.mark.parametrize("bias", [0.5, -0.5])
@pytest.mark.parametrize("gamma", [0.0, 0.25, 2.0])
def test_the_rules_by_hand(bias, gamma):
    """On bins of both signs, whose second sums are of both signs."""
    x = rng().normal(0, 1, (115, 80)).astype(np.float32)
    seen = toy_instance(two_convolutions(bias), x, baseline=np.full_like(x, -0.1))
    terms = np.stack([2 * leaky(x), -leaky(-x)])
    sums = terms.sum(axis=0) + bias
    favoured = terms + gamma * np.where(np.sign(terms) == np.sign(sums), terms, 0)
    favoured_bias = bias + gamma * (bias if np.sign(bias) == 1 else 0) * (sums > 0)
    favoured_bias = favoured_bias + gamma * (bias if np.sign(bias) == -1 else 0) * (sums <= 0)
    relevance = favoured.sum(axis=0) / (favoured.sum(axis=0) + favoured_bias) * leaky(sums) * 1e-3
    expected = PAPER_GRID.sums(relevance * (x + 0.1) / x)
    np.testing.assert_allclose(Lrp(gamma=gamma)(seen, rng()), expected, rtol=1e-3)


@pytest.mark.parametrize("name", ["cnn-2015", "cnn-2018", "listener"])
def test_without_gamma_it_is_the_gradient_times_the_difference_from_the_baseline(name):
    """Of detectors that are piecewise linear, whatever their biases absorb."""
    makers = {
        "cnn-2015": shipped,
        "cnn-2018": lambda: build_detector("cnn-2018"),
        "listener": lambda: loudness_classifier((3, 7)),
    }
    seen = with_detector(makers[name]())
    expected = InputXGradient()(seen, rng())
    np.testing.assert_allclose(Lrp(gamma=0.0)(seen, rng()), expected, atol=2e-3 * np.abs(expected).max())


def test_sums_are_favoured_away_from_zero():
    """So that no relevance is divided by next to nothing: captum's own gamma rule moves negative sums towards 0."""
    convolution = nn.Conv2d(3, 8, 3)
    x = torch.randn(2, 3, 20, 20)
    layer = Sharing(convolution)
    sums = layer(x)
    torch.testing.assert_close(sums, convolution(x))
    GammaRule(0.25)._manipulate_weights(layer, x, sums)
    assert (layer(x) * sums.sign() >= sums.abs() - 1e-6).all()


def test_weights_stay_within_what_the_logit_is_worth():
    """With captum's own gamma rule, weights of real excerpts went to 100."""
    for seed in range(4):
        seen = replace(with_detector(shipped()), spectrogram=noise_excerpt((7, 9), seed))
        bound = np.abs(InputXGradient()(seen, rng())).sum()
        assert np.abs(Lrp()(seen, rng())).max() < bound


@pytest.mark.parametrize("name", ["cnn-2015", "cnn-2018"])
def test_a_chain_computes_what_the_detector_does(name):
    detector = build_detector(name).eval()
    for norm in detector.modules():
        if isinstance(norm, nn.BatchNorm1d | nn.BatchNorm2d):
            norm.running_mean.normal_()
            norm.running_var.uniform_(0.5, 2)
    x, baseline = tensors(with_detector(detector))
    chain = chain_of_layers(detector, x, baseline)
    torch.testing.assert_close(chain(x - baseline)[:, 0], detector(x), rtol=1e-4, atol=1e-4)
    assert not any(isinstance(layer, nn.BatchNorm1d | nn.BatchNorm2d | nn.Dropout) for layer in chain)
    assert isinstance(chain[2], ZeroMeanConv2d)


class Skipping(nn.Module):
    """Adds what went into a layer to what comes out."""

    def __init__(self):
        super().__init__()
        self.dense, self.flat, self.last = nn.Linear(80, 80), nn.Flatten(), nn.Linear(9200, 1)
        for layer in (self.dense, self.last):
            nn.init.constant_(layer.weight, 1e-4)

    def forward(self, log_mel):
        return self.last(self.flat(log_mel + self.dense(log_mel))).squeeze(1)


class Channel(nn.Sequential):
    """Adds a channel axis that its layers need."""

    def forward(self, log_mel):
        return super().forward(log_mel[:, None]).squeeze(1)


class Halves(nn.Module):
    def forward(self, x):
        return x / 2


@pytest.mark.parametrize(
    "detector",
    [Skipping(), Channel(nn.BatchNorm2d(1), nn.Flatten(), nn.Linear(9200, 1))],
    ids=["skips", "does not run"],
)
def test_a_detector_that_is_no_chain_is_an_error(detector):
    with pytest.raises(NotApplicableError, match="lrp needs a detector that is nothing but layers"):
        Lrp()(with_detector(detector), rng())


def test_a_layer_without_a_rule_is_an_error():
    with pytest.raises(NotApplicableError, match="lrp has no rule for a layer of type Halves"):
        Lrp()(with_detector(nn.Sequential(Halves(), *loudness_classifier())), rng())


def test_a_detector_of_the_users_own_class_may_be_a_chain():
    seen = with_detector(Small())
    np.testing.assert_allclose(Lrp()(seen, rng()), InputXGradient()(seen, rng()), atol=1e-5)


def test_a_probability_is_not_shared_out():
    with pytest.raises(ValueError, match="output=probability: lrp shares out the logit"):
        Lrp(output="probability")
