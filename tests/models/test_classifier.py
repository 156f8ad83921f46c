import pytest
import torch
from torch import nn

from veracity_bench.models.audio.log_mel import EXCERPT_SAMPLES
from veracity_bench.models.classifier import Classifier
from veracity_bench.models.detectors.singing import singing_classifier
from veracity_bench.models.direction import TO_NOSING, TO_SING
from veracity_bench.models.rules import Argmax, Tag


def waveform_classifier(rule, **changes):
    torch.manual_seed(0)
    network = nn.Sequential(nn.Unflatten(1, (1, -1)), nn.Conv1d(1, 3, 1000), nn.AdaptiveAvgPool1d(1), nn.Flatten())
    about = {"sample_rate": 16000, "samples": 4000, "classes": ["a", "b", "c"]}
    return Classifier(network=network, rule=rule, **(about | changes))


def test_the_papers_detector_is_one():
    network = nn.Flatten()
    singing = singing_classifier(network, 0.3)
    assert (singing.sample_rate, singing.samples, singing.shape) == (22050, EXCERPT_SAMPLES, (115, 80))
    assert singing.directions == (TO_SING, TO_NOSING)
    assert singing.rule.threshold == 0.3
    assert singing.has_magnitude
    assert (singing.target(TO_SING), singing.target(TO_NOSING)) == (1, 0)
    assert singing.explained(0) == singing.explained(1) == "sing"


def test_its_network_is_explained_itself():
    """Methods that look at layers see them."""
    network = nn.Flatten()
    assert singing_classifier(network).margin(TO_SING) is singing_classifier(network).log_odds(TO_NOSING) is network


def test_without_a_front_end_the_waveform_is_the_representation():
    classifier = waveform_classifier(Argmax())
    assert (classifier.shape, classifier.seconds, classifier.has_magnitude) == ((4000,), 0.25, False)


def test_one_class_of_several():
    classifier = waveform_classifier(Tag("b"))
    audio = torch.randn(2, 4000)
    on, off = classifier.directions
    for direction in (on, off):
        torch.testing.assert_close(classifier.margin(direction)(audio), classifier.network(audio)[:, 1])
    assert classifier.explained(classifier.target(off)) == "b"


@pytest.mark.parametrize("rule", [Argmax(), Tag("c")])
def test_on_the_sounds_transform_it_is_the_same_classifier(rule):
    classifier = waveform_classifier(rule)
    heard, audio = classifier.on_sound(), torch.randn(2, 4000)
    assert heard.shape == (1 + 4000 // 256, 1026)
    torch.testing.assert_close(heard.network(heard.front_end(audio)), classifier.network(audio), atol=1e-5, rtol=0)
    assert not heard.has_magnitude, "the transform is no magnitude of the front end's"
