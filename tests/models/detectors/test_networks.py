from collections import Counter

import pytest
import torch
from torch import nn

from veracity_bench.models.detectors.build import BUILT_IN, build_detector
from veracity_bench.models.detectors.networks import BandNorm, ZeroMeanConv2d

BOTH = pytest.mark.parametrize("name", sorted(BUILT_IN))


def excerpts(n, seed=0):
    return 3 * torch.randn(n, 115, 80, generator=torch.Generator().manual_seed(seed)) - 4


def test_the_papers_detector_has_its_number_of_parameters():
    assert sum(p.numel() for p in build_detector("cnn-2015").parameters()) == 1_409_377


def test_the_variant_has_a_fifth_convolution_over_nearly_all_bands():
    """Its trunk ends in 128 maps of 7 x 4 (time x mel): 3,584 features."""
    detector = build_detector("cnn-2018").eval()
    assert detector.trunk(detector.norm(excerpts(1))).shape == (1, 128, 7, 4)
    kernels = [layer.kernel_size for layer in detector.modules() if isinstance(layer, nn.Conv2d)]
    assert kernels == [(3, 3)] * 4 + [(3, 18)]


def test_the_papers_feature_map():
    detector = build_detector("cnn-2015").eval()
    assert detector.trunk(detector.norm(excerpts(1))).shape == (1, 64, 11, 7)


@BOTH
@pytest.mark.parametrize("n", [1, 3])
def test_one_logit_per_excerpt(name, n):
    logits = build_detector(name).eval()(excerpts(n))
    assert logits.shape == (n,)
    assert torch.isfinite(logits).all()


@BOTH
def test_excerpts_do_not_influence_each_other(name):
    detector = build_detector(name).eval()
    batch = excerpts(3)
    alone = torch.cat([detector(excerpt[None]) for excerpt in batch])
    torch.testing.assert_close(detector(batch), alone, rtol=0, atol=1e-5)


@BOTH
def test_loudness_cancels_in_the_first_layer(name):
    detector = build_detector(name).eval()
    normalised = detector.norm(excerpts(2))
    torch.testing.assert_close(detector.trunk(normalised + 7), detector.trunk(normalised), rtol=0, atol=1e-4)


def test_the_kernels_used_are_the_weights_minus_their_mean():
    layer = ZeroMeanConv2d(1, 1, 3, bias=False)
    layer.weight.data = torch.arange(9.0).view(1, 1, 3, 3)
    pulse = torch.zeros(1, 1, 5, 5)
    pulse[0, 0, 2, 2] = 1
    assert layer(pulse).flatten().tolist() == [4, 3, 2, 1, 0, -1, -2, -3, -4]


def test_bands_are_normalised_by_their_mean_and_variance():
    norm = BandNorm(2)
    norm.fit(torch.tensor([[1.0, 10.0], [3.0, 10.0]]))
    normalised = norm(torch.tensor([[[1.0, 10.0], [3.0, 11.0]]]))
    assert normalised.shape == (1, 1, 2, 2)
    root = (1 + 1e-4) ** 0.5
    torch.testing.assert_close(normalised.flatten(), torch.tensor([-1 / root, 0, 1 / root, 100]))


@BOTH
def test_every_module_is_used_once_and_nothing_is_in_place(name):
    """Attribution methods hook modules: one forward pass must call each leaf once and change no input."""
    detector = build_detector(name).eval()
    leaves = [module for module in detector.modules() if not list(module.children())]
    calls, changed = Counter(), []

    def after(module, inputs, output):
        calls[module] += 1
        if inputs[0].data_ptr() == output.data_ptr() and not isinstance(module, nn.Flatten | nn.Dropout):
            changed.append(module)

    for leaf in leaves:
        leaf.register_forward_hook(after)
        assert not getattr(leaf, "inplace", False)
    detector(excerpts(1))
    assert calls == Counter(leaves)
    assert changed == []


@BOTH
def test_the_only_operations_outside_modules_change_no_value(name):
    """The logit is that of the leaves called one after the other: no functional activation hides between them."""
    detector = build_detector(name).eval()
    x = excerpts(2)
    expected = detector(x)
    for leaf in detector.modules():
        if not list(leaf.children()):
            x = leaf(x)
    assert torch.equal(x.squeeze(1), expected)


def test_initial_weights_are_orthogonal():
    weight = build_detector("cnn-2015").head[6].weight
    torch.testing.assert_close(weight @ weight.T, torch.eye(64), rtol=0, atol=1e-5)
