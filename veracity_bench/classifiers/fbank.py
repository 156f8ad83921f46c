"""The front end of audio spectrogram transformers: Kaldi's log-mel filterbank, differentiable in torch."""

import numpy as np
import torch
from torch import Tensor, nn
from transformers import ASTFeatureExtractor
from transformers.audio_utils import mel_filter_bank

PREEMPHASIS = 0.97
BINS = 257  # of 512 samples
LOWEST = 20  # Hz
FLOOR = 1.192092955078125e-07


class Fbank(nn.Module):
    """Audio (n, samples) -> features (n, max_length, mel bins), as an ASTFeatureExtractor computes them in numpy.

    Frames of 25 ms lie 10 ms apart; what is too short is filled up with zeros before it is normalised.
    """

    window: Tensor
    filters: Tensor

    def __init__(self, extractor: ASTFeatureExtractor) -> None:
        super().__init__()
        rate: int = extractor.sampling_rate
        self.hop = rate // 100
        self.frames: int = extractor.max_length
        self.mean: float = extractor.mean if extractor.do_normalize else 0.0
        self.spread: float = 2 * extractor.std if extractor.do_normalize else 1.0
        filters = mel_filter_bank(
            BINS, extractor.num_mel_bins, LOWEST, rate // 2, rate, mel_scale="kaldi", triangularize_in_mel_space=True
        )
        # In double precision: near silence, single precision's rounding of loud bins would show in the quiet ones.
        self.register_buffer("window", torch.hann_window(rate // 40, periodic=False, dtype=torch.float64))
        self.register_buffer("filters", torch.from_numpy(np.asarray(filters)).float())

    @property
    def samples(self) -> int:
        """Return how many samples fill all frames."""
        return (self.frames - 1) * self.hop + len(self.window)

    def forward(self, audio: Tensor) -> Tensor:
        """Map audio (n, samples) to features (n, max_length, mel bins)."""
        return self.log_mel(self.magnitude(audio))

    def magnitude(self, audio: Tensor) -> Tensor:
        """Map audio (n, samples) to the magnitudes (n, frames, 257) of its frames, each centred and pre-emphasised."""
        frames = audio.unfold(1, len(self.window), self.hop).to(self.window.dtype)
        centred = frames - frames.mean(dim=2, keepdim=True)
        before = torch.cat([centred[..., :1], centred[..., :-1]], dim=2)
        spectrum = torch.fft.rfft((centred - PREEMPHASIS * before) * self.window, 2 * (BINS - 1))
        magnitude: Tensor = spectrum.abs().float()
        return magnitude

    def log_mel(self, magnitude: Tensor) -> Tensor:
        """Map magnitudes (n, frames, 257) to features (n, max_length, mel bins)."""
        levels = (magnitude.square() @ self.filters).clamp_min(FLOOR).log()[:, : self.frames]
        filled = nn.functional.pad(levels, (0, 0, 0, self.frames - levels.shape[1]))
        features: Tensor = (filled - self.mean) / self.spread
        return features
