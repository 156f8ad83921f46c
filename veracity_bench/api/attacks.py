"""An adversarial attack on audio of one's own."""

from dataclasses import replace
from typing import Literal

import numpy as np
import torch
from numpy.typing import ArrayLike
from scipy.special import logit
from torch import nn

from veracity_bench.models.attacks.attack import ATTACKS
from veracity_bench.models.attacks.batch import Outcome
from veracity_bench.models.attacks.excerpt_attack import attack_excerpts
from veracity_bench.models.audio.log_mel import EXCERPT_SAMPLES
from veracity_bench.models.detectors.singing import singing_classifier
from veracity_bench.models.direction import Direction

__all__ = ["Outcome", "attack_audio"]


def attack_audio(
    detector: nn.Module,
    audio: ArrayLike,
    direction: Direction,
    *,
    attack: Literal["waveform", "spectrogram"] = "waveform",
    threshold: float = 0.5,
    iterations: int = 1000,
    confidence: float = 2.0,
) -> Outcome:
    """Change an excerpt until the detector predicts the target, by the attack of the paper's section 3.

    `audio` is one excerpt of 36,934 samples, mono, in [-1, 1], at 22,050 Hz; `threshold` is a probability. The outcome
    holds `flipped`, `margin`, `iterations`, `snr` in dB, and the clean and the adversarial version, each in the
    attack's domain and as `representation`, log-mel (115, 80). Raises ValueError for audio of another length.
    """
    samples = torch.from_numpy(np.array(audio, dtype=np.float32))
    if samples.shape != (EXCERPT_SAMPLES,):
        raise ValueError(f"an excerpt is mono audio of {EXCERPT_SAMPLES} samples, not of shape {tuple(samples.shape)}")
    settings = replace(ATTACKS[attack], iterations=iterations, confidence=confidence)
    (outcome,) = attack_excerpts(
        singing_classifier(detector, float(logit(threshold))),
        iter([samples]),
        settings,
        directions=iter([direction]),
        wanted=1,
    )
    return outcome
