"""The examples of networks of one's own: behind the built-in front end, and on samples."""

import runpy
import sys

import numpy as np
import pytest
import torch

from veracity_bench import load_detector
from veracity_bench.fixtures.corpora import corpus
from veracity_bench.fixtures.detectors.classifier_probe import probe_classifier
from veracity_bench.fixtures.detectors.probe import probe
from veracity_bench.fixtures.detectors.trained import trained_detector
from veracity_bench.models.detectors.build import build_detector
from veracity_bench.models.detectors.training import Recipe
from veracity_bench.models.named_classifier import NamedClassifier

CRNN = "examples.classifiers.crnn:make"


def test_the_recurrent_network_is_a_detector_that_the_recipe_trains(shared_corpus_folder, store):
    probe(CRNN, build_detector(CRNN))
    songs = corpus.read_corpus(shared_corpus_folder)
    trained = trained_detector(songs, CRNN, Recipe(updates=2, batch=4), store, torch.device("cpu"))
    assert np.isfinite(trained.scores["test"].error)
    assert trained.module.norm.mean.abs().max() > 0


def test_the_network_on_samples_is_trained_saved_and_loaded(shared_corpus_folder, tmp_path, monkeypatch, capsys):
    path = tmp_path / "weights.safetensors"
    monkeypatch.setattr(corpus, "SYNTHETIC_SONGS", shared_corpus_folder)
    monkeypatch.setattr(sys, "argv", ["train", str(path), "1"])
    runpy.run_module("examples.classifiers.train_waveform_cnn")
    assert "% of" in capsys.readouterr().out
    name = f"examples.classifiers.waveform_cnn:load(weights={str(path)!r})"
    classifier = NamedClassifier(name).build()
    probe_classifier(name, classifier)
    assert classifier.network(torch.zeros(2, classifier.samples)).shape == (2,)
    assert classifier.seconds == pytest.approx(1.675, abs=1e-3)


def test_another_threshold_moves_the_decision_and_nothing_else():
    detector = load_detector()
    classifier = NamedClassifier("examples.classifiers.threshold:load(threshold=0.8)").build()
    excerpts = torch.randn(4, 115, 80)
    assert classifier.rule.threshold == pytest.approx(np.log(4))
    assert torch.equal(classifier.network(excerpts), detector.module(excerpts))
    of_file = NamedClassifier(
        f"examples.classifiers.threshold:load(threshold=0.8, weights={str(detector.path)!r})"
    ).build()
    assert torch.equal(of_file.network(excerpts), detector.module(excerpts))
