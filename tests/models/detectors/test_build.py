from importlib.metadata import EntryPoint

import numpy as np
import pytest
import torch
import toys
from torch import nn

from veracity_bench.models.detectors.build import BUILT_IN, GROUP, build_detector
from veracity_bench.models.detectors.errors import DetectorError
from veracity_bench.models.plugins import NamingError

BOTH = pytest.mark.parametrize("name", sorted(BUILT_IN))


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


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("cnn-2016", r"unknown name 'cnn-2016' \(did you mean 'cnn-2018'\?\): choose one of cnn-2015, cnn-2018, or"),
        ("toys:", "unknown name 'toys:'"),
        ("nosuchmodule:factory", "cannot import 'nosuchmodule'"),
        ("toys:NoSuchFactory", "module 'toys' has no attribute 'NoSuchFactory'"),
    ],
)
def test_an_unknown_detector_is_an_error(name, message):
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
def test_what_is_no_detector_is_an_error(monkeypatch, factory, message):
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


def test_what_a_factory_sets_for_all_of_torch_ends_with_it():
    build_detector("faulty_detectors:sets_default_dtype")
    assert torch.get_default_dtype() == torch.float32
    assert torch.is_grad_enabled()


def test_the_seed_is_also_that_of_numpy_and_leaves_its_generator_alone():
    np.random.seed(5)  # noqa: NPY002
    expected = np.random.random()  # noqa: NPY002
    np.random.seed(5)  # noqa: NPY002
    first, again, other = (build_detector("faulty_detectors:OldSeed", seed).fc.weight for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    assert np.random.random() == expected  # noqa: NPY002
