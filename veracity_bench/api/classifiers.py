"""Detectors and what they hear."""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from veracity_bench.fixtures.corpora.audio import read_audio
from veracity_bench.fixtures.corpora.corpus import SYNTHETIC_SONGS
from veracity_bench.fixtures.detectors.weights import TrainedDetector, load_weights, shipped_weights
from veracity_bench.models.audio.log_mel import LogMel
from veracity_bench.models.classifier import Classifier
from veracity_bench.models.rules import Argmax, Tag, Threshold

__all__ = [
    "SYNTHETIC_SONGS",
    "Argmax",
    "Classifier",
    "Tag",
    "Threshold",
    "TrainedDetector",
    "load_detector",
    "log_mel",
    "read_audio",
]


def load_detector(path: Path | None = None, device: str = "cpu", name: str | None = None) -> TrainedDetector:
    """Return a trained detector from its weights file, by default the one that comes with the package.

    `name` is what `--detector` was, where that is not built in: a file alone runs no code.

    Its `module` maps log-mel excerpts (n, 115, 80) to logits (n,), larger = "sing"; `threshold` is a probability.
    Raises UserError, naming the file, for one that holds no detector.
    """
    return load_weights(shipped_weights("cnn-2015") if path is None else path, torch.device(device), name)


def log_mel(audio: ArrayLike) -> NDArray[np.float32]:
    """Return the log-mel spectrogram (frames, 80) of mono audio (samples,) in [-1, 1] at 22,050 Hz, 70 frames per s.

    Without padding: 36,934 samples make one excerpt of 115 frames.
    """
    samples = torch.from_numpy(np.asarray(audio, dtype=np.float32))
    spectrogram: NDArray[np.float32] = LogMel()(samples[None])[0].numpy()
    return spectrogram
