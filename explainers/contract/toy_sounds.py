"""Toy classifiers of sounds, unlike the paper's detector in shape and classes, and songs to learn from."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from veracity_bench.explainers.contract.fitting import TrainingSongs
from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.models.class_logit import class_logit
from veracity_bench.models.classifier import Classifier
from veracity_bench.models.games.segment_game import SegmentGame
from veracity_bench.models.games.segments import Grid, Partition
from veracity_bench.models.games.stretches import faded_stretches
from veracity_bench.models.rules import Argmax, Rule, Threshold

SAMPLE_RATE, SAMPLES = 8000, 1600
WINDOW, HOP = 128, 64
CLASSES = ("low", "middle", "high")
FADE = 20  # samples between stretches
SONGS = 3
LEVEL = 4e-4  # of the songs: in log-mel about as loud as the quiet segments of toy excerpts


class Spectrum(nn.Module):
    """A front end: audio (n, 1600) -> the logarithm of magnitudes (n, 24, 65)."""

    def forward(self, audio: Tensor) -> Tensor:
        """Return the representation."""
        levels: Tensor = torch.fft.rfft(audio.unfold(-1, WINDOW, HOP)).abs().clamp_min(1e-3).log()
        return levels


def waveform_classifier() -> Classifier:
    """Return a classifier with one output, whose network takes samples themselves."""
    layers = [nn.Unflatten(1, (1, SAMPLES)), nn.Conv1d(1, 4, 32, stride=16), nn.ReLU(), nn.MaxPool1d(2)]
    network = nn.Sequential(*layers, nn.Conv1d(4, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(4 * 47, 1), nn.Flatten(0))
    return _classifier(network, nn.Identity(), ("dark", "bright"), Threshold())


def classifier_of_several_classes() -> Classifier:
    """Return a classifier that decides for the largest of three outputs, behind a front end of its own."""
    layers = [nn.Unflatten(1, (1, 24)), nn.Conv2d(1, 4, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 4, 3), nn.ReLU()]
    network = nn.Sequential(*layers, nn.Flatten(), nn.Linear(4 * 9 * 29, len(CLASSES)))
    return _classifier(network, Spectrum(), CLASSES, Argmax())


def toy_waveform() -> tuple[Classifier, Instance]:
    """Return the first classifier and an excerpt, in eight stretches of time with faded borders."""
    classifier = waveform_classifier()
    return classifier, sound_instance(classifier, faded_stretches(SAMPLES, 8, FADE), 1)


def toy_classes() -> tuple[Classifier, Instance]:
    """Return the second classifier and an excerpt, on a grid; explained is the last of its classes."""
    classifier = classifier_of_several_classes()
    return classifier, sound_instance(classifier, Grid(time=4, frequency=3, frames=24, bands=65), 2)


def sound_instance(classifier: Classifier, partition: Partition, target: int) -> Instance:
    """Return what an explainer is given of a sound: all that a run shows, with the mean as the baseline."""
    waveform = _noise(classifier.samples, 0.1, 0)
    with torch.no_grad():
        representation = classifier.front_end(torch.from_numpy(waveform)[None])[0].numpy()
    baseline = np.full_like(representation, representation.mean())
    detector = class_logit(classifier.network, classifier.rule, target, odds=True)
    return Instance(
        representation,
        baseline,
        partition,
        SegmentGame(detector, partition, baseline, representation).logits,
        detector,
        waveform,
        classifier.sample_rate,
        classifier.front_end,
        tuple(classifier.classes),
        classifier.explained(target),
    )


def toy_songs(classifier: Classifier) -> TrainingSongs:
    """Return three songs of quiet noise, each as long as two excerpts."""
    return TrainingSongs(SONGS, lambda place: _noise(2 * classifier.samples, LEVEL, place))


def _noise(samples: int, level: float, seed: int) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(0, level, samples).astype(np.float32)


def _classifier(network: nn.Module, front_end: nn.Module, classes: tuple[str, ...], rule: Rule) -> Classifier:
    """Return a classifier whose parameters are drawn from a generator of their own, always the same."""
    generator = torch.Generator().manual_seed(0)
    for parameter in network.parameters():
        nn.init.uniform_(parameter, -0.5, 0.5, generator=generator).requires_grad_(False)
    network.eval()
    return Classifier(
        network=network, front_end=front_end, sample_rate=SAMPLE_RATE, samples=SAMPLES, classes=classes, rule=rule
    )
