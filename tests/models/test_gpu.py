"""On a GPU everything is computed that a CPU computes, within 1e-4 in the logit."""

from dataclasses import replace
from itertools import repeat

import numpy as np
import pytest
import torch

import veracity_bench.models.detectors.training
from veracity_bench.models.attacks.attack import ATTACKS
from veracity_bench.models.attacks.excerpt_attack import attack_excerpts
from veracity_bench.models.audio.log_mel import BINS, LogMel
from veracity_bench.models.detectors.build import BUILT_IN, build_detector
from veracity_bench.models.detectors.checkpoint import load_checkpoint
from veracity_bench.models.detectors.singing import singing_classifier
from veracity_bench.models.detectors.training import Recipe, TrainingFrames, fit
from veracity_bench.models.devices import device_of
from veracity_bench.models.direction import TO_SING
from veracity_bench.models.games.segment_game import SegmentGame
from veracity_bench.models.games.segments import PAPER_GRID

CLOSE = {"rtol": 0, "atol": 1e-4}


@pytest.fixture(params=sorted(BUILT_IN))
def detector(request):
    return build_detector(request.param).eval()


def log_mel(n, seed=0):
    return np.random.default_rng(seed).normal(-5, 2, (n, 115, 80)).astype(np.float32)


def logits(detector, excerpts):
    with torch.no_grad():
        return detector(torch.as_tensor(excerpts).to(device_of(detector))).cpu().numpy()


def test_log_mel(gpu):
    audio = 0.1 * torch.randn(4, 40_000, generator=torch.Generator().manual_seed(0))
    here = LogMel()(audio)
    np.testing.assert_allclose(LogMel().to(gpu)(audio.to(gpu)).cpu(), here, **CLOSE)


def test_forward_passes(gpu, detector):
    here = logits(detector, log_mel(64))
    np.testing.assert_allclose(logits(detector.to(gpu), log_mel(64)), here, **CLOSE)


def test_tables(gpu, detector):
    off, on = log_mel(2)
    here = SegmentGame(detector, PAPER_GRID, off, on).table()
    there = SegmentGame(detector.to(gpu), PAPER_GRID, off, on)
    assert there.method == "tables of segment patterns"
    np.testing.assert_allclose(there.table(), here, **CLOSE)


@pytest.mark.parametrize("domain", ATTACKS)
def test_the_attack(gpu, detector, domain):
    """What it comes to there is the same here."""
    classifier = singing_classifier(detector.to(gpu), 0.0)
    audio = 0.1 * torch.randn(4, classifier.samples, generator=torch.Generator().manual_seed(0))
    settings = replace(ATTACKS[domain], iterations=50, confidence=0.01)
    outcomes = attack_excerpts(classifier, iter(audio), settings, directions=repeat(TO_SING), wanted=4)
    detector.cpu()
    here = logits(detector, torch.stack([outcome.adversarial_representation for outcome in outcomes]))
    np.testing.assert_allclose(here, [outcome.margin for outcome in outcomes], **CLOSE)


def test_training(gpu, tmp_path, monkeypatch):
    """What a GPU has trained, a CPU goes on with."""
    monkeypatch.setattr(veracity_bench.models.detectors.training, "CHECKPOINT_EVERY", 10)
    magnitude, labels = torch.rand(300, BINS), torch.arange(300) >= 150
    frames = TrainingFrames([(magnitude * (0.01 + labels[:, None]), labels.to(torch.int8))], gpu)
    trained, other = build_detector("toys:Small"), build_detector("toys:Small", seed=1)
    checkpoint = tmp_path / "checkpoint.safetensors"
    fit(trained, frames, Recipe(updates=10, batch=8), checkpoint=checkpoint, validate=lambda detector: 0.5)
    assert device_of(trained).type == gpu.type
    assert load_checkpoint(checkpoint, other, torch.optim.Adam(other.parameters())) == 10
    np.testing.assert_allclose(logits(other.eval(), log_mel(8)), logits(trained.eval(), log_mel(8)), **CLOSE)
