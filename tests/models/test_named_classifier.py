import pytest
import torch
from torch import nn

from veracity_bench.models.classifier import Classifier
from veracity_bench.models.detectors.errors import DetectorError
from veracity_bench.models.named_classifier import NamedClassifier
from veracity_bench.models.plugins import NamingError


def test_a_factory_takes_settings():
    made = NamedClassifier("toy_classifiers:tags(threshold=0.25)").build()
    assert isinstance(made, Classifier)
    assert (made.rule.name, made.rule.threshold) == ("voice", 0.25)
    assert not made.network.training
    assert not any(parameter.requires_grad for parameter in made.network.parameters())


def test_another_tag_can_be_explained():
    assert NamedClassifier("toy_classifiers:tags", "drums").build().rule.name == "drums"


@pytest.mark.parametrize(
    ("name", "tag", "message"),
    [
        (
            "toy_classifiers:tags",
            "drum",
            r"--class drum: .*toy_classifiers:tags has no such class; did you mean 'drums'",
        ),
        ("toy_classifiers:tags", "xyz", "it has 'voice', 'drums'"),
        ("toy_classifiers:winner", "low", "does not decide on each class by itself, so leave it out"),
        ("toys:Small", "", "toys:Small is a Small; .* --detector takes a network behind the built-in front end"),
        ("toys:np", "", "cannot be made"),
        ("toy_classifiers:broken", "", "toy_classifiers:broken cannot be made: .*weights.bin"),
    ],
)
def test_what_is_no_classifier_is_refused_in_a_sentence(name, tag, message):
    with pytest.raises(DetectorError, match=message):
        NamedClassifier(name, tag).build()


def test_an_unknown_name_is_refused():
    with pytest.raises(NamingError, match="no_such_module"):
        NamedClassifier("no_such_module:make").build()


def test_the_mode_of_torch_is_left_alone():
    NamedClassifier("toy_classifiers:winner").build()
    assert nn.Linear(1, 1).weight.requires_grad


def test_a_network_without_weights_is_the_same_each_time(tmp_path, monkeypatch):
    """As in the documentation's first example, which is run before there is anything to load."""
    lines = [
        "from torch import nn",
        "from veracity_bench import Argmax, Classifier",
        "def make():",
        "    network = nn.Linear(4, 2)",
        "    return Classifier(network=network, sample_rate=8000, samples=4, classes=['a', 'b'], rule=Argmax())",
    ]
    (tmp_path / "drawn_weights.py").write_text("\n".join(lines))
    monkeypatch.syspath_prepend(tmp_path)
    before = torch.random.get_rng_state()
    first, second = (NamedClassifier("drawn_weights:make").build().network for _ in range(2))
    assert torch.equal(first.weight, second.weight)
    assert torch.equal(torch.random.get_rng_state(), before)
