from collections import Counter
from importlib.metadata import EntryPoint

import pytest
import torch
import toys
from torch import nn

from veracity_bench.models.detectors.build import BUILT_IN, GROUP, build_detector
from veracity_bench.models.detectors.errors import DetectorError
from veracity_bench.models.detectors.networks import BandNorm, ZeroMeanConv2d
from veracity_bench.models.plugins import NamingError

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


@BOTH
def test_a_seed_gives_the_same_weights(name):
    first, again, other = (build_detector(name, seed).state_dict() for seed in (1, 1, 2))
    assert all(torch.equal(first[key], again[key]) for key in first)
    assert not torch.equal(first["head.2.weight"], other["head.2.weight"])


def test_building_leaves_the_global_generator_alone():
    before = torch.get_rng_state()
    build_detector("cnn-2015", seed=3)
    assert torch.equal(torch.get_rng_state(), before)


def test_a_fresh_detector_is_in_training_mode():
    assert all(module.training for module in build_detector("cnn-2015").modules())


def test_initial_weights_are_orthogonal():
    weight = build_detector("cnn-2015").head[6].weight
    torch.testing.assert_close(weight @ weight.T, torch.eye(64), rtol=0, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("cnn-2016", "unknown name 'cnn-2016': choose one of cnn-2015, cnn-2018, or write module:attribute"),
        ("toys:", "unknown name 'toys:'"),
        ("nosuchmodule:factory", "cannot import 'nosuchmodule'"),
        ("toys:NoSuchFactory", "module 'toys' has no attribute 'NoSuchFactory'"),
    ],
)
def test_an_unknown_detector_says_so(name, message):
    with pytest.raises(NamingError, match=message):
        build_detector(name)


@pytest.mark.parametrize(
    ("factory", "message"),
    [
        (lambda: "a string", "is a str; a factory must return a torch.nn.Module"),
        (nn.Flatten, r"to shape \(2, 9200\); it must return one logit each"),
        (lambda: nn.Conv2d(3, 1, 3), "detector toys:made"),
    ],
    ids=["no module", "wrong shape", "wrong input"],
)
def test_what_is_no_detector_says_so(monkeypatch, factory, message):
    monkeypatch.setattr(toys, "made", factory, raising=False)
    with pytest.raises(DetectorError, match=message):
        build_detector("toys:made")


def test_the_check_of_a_third_party_detector_keeps_its_mode_and_its_statistics(monkeypatch):
    class Counting(nn.Module):
        def __init__(self):
            super().__init__()
            self.norm = nn.BatchNorm1d(115)

        def forward(self, x):
            return self.norm(x).mean(dim=(1, 2))

    monkeypatch.setattr(toys, "made", Counting, raising=False)
    detector = build_detector("toys:made")
    assert detector.training
    assert detector.norm.num_batches_tracked == 0


@pytest.fixture
def install(monkeypatch):
    """Pretend that a detector is installed under a name."""

    def plugin(name, value):
        found = [EntryPoint(name, value, GROUP)]
        monkeypatch.setattr("veracity_bench.models.plugins.entry_points", lambda group: found if group == GROUP else [])

    return plugin


def test_an_installed_detector_is_built_by_its_name(install):
    install("loudness", "toys:Loudness")
    assert isinstance(build_detector("loudness"), toys.Loudness)


def test_an_installed_detector_may_not_take_a_built_in_name(install):
    install("cnn-2015", "toys:Loudness")
    with pytest.raises(NamingError, match="a built-in detector and toys:Loudness share the name 'cnn-2015'"):
        build_detector("cnn-2015")


def test_a_factory_takes_settings():
    louder, quieter = (build_detector(f"toys:Loudness(level={level})") for level in (-2, -6))
    assert louder(torch.full((1, 115, 80), -4.0)) < 0 < quieter(torch.full((1, 115, 80), -4.0))
    with pytest.raises(DetectorError, match=r"detector toys:Loudness\(height=1\) cannot be made: TypeError"):
        build_detector("toys:Loudness(height=1)")
