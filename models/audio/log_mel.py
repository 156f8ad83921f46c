"""The front end: audio -> magnitude spectrogram -> natural-log mel spectrogram, differentiable in torch.

Conventions: audio is float32 in [-1, 1], mono, 22,050 Hz; a spectrogram is (..., frames, bins), low frequencies first;
70 frames per second; frame i is centred on sample 315 * i. Settings: Schlueter and Lehner 2018, as used by the paper
(section 4.2): periodic Hann window, 80 triangular filters from 27.5 to 8000 Hz, each normalised to sum 1.
"""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import librosa
import numpy as np
import torch
from torch import Tensor, nn

SAMPLE_RATE = 22050
FRAME_LEN = 1024
HOP = 315
FPS = SAMPLE_RATE / HOP
BINS = FRAME_LEN // 2 + 1
MEL_BANDS = 80
MEL_MIN = 27.5
MEL_MAX = 8000.0
FLOOR = 1e-7
BLOCK = 4096  # frames of a song at a time
EXCERPT_FRAMES = 115
CONTEXT = EXCERPT_FRAMES // 2
EXCERPT_SAMPLES = (EXCERPT_FRAMES - 1) * HOP + FRAME_LEN


class LogMel(nn.Module):
    """Audio (n, samples) -> log-mel (n, frames, 80), without padding: frames = 1 + (samples - 1024) // 315."""

    window: Tensor
    filterbank: Tensor

    def __init__(self) -> None:
        super().__init__()
        # In double precision: near silence, single precision's rounding of loud bins would show in the quiet ones.
        self.register_buffer("window", torch.hann_window(FRAME_LEN, periodic=True, dtype=torch.float64))
        self.register_buffer("filterbank", _filterbank().clone())

    def forward(self, audio: Tensor) -> Tensor:
        """Map audio (n, samples) to log-mel (n, frames, 80)."""
        return self.log_mel(self.magnitude(audio))

    def magnitude(self, audio: Tensor) -> Tensor:
        """Map audio (n, samples) to the linear magnitude spectrogram (n, frames, 513)."""
        magnitude: Tensor = torch.fft.rfft(audio.unfold(-1, FRAME_LEN, HOP) * self.window).abs().float()
        return magnitude

    def log_mel(self, magnitude: Tensor) -> Tensor:
        """Map magnitudes (..., bins) to ln(max(1e-7, mel)) (..., 80); bins are the lowest of the 513, 372 or more."""
        return (magnitude @ self.filterbank[: magnitude.shape[-1]]).clamp_min(FLOOR).log()


@cache  # a run makes dozens of front ends
def _filterbank() -> Tensor:
    """Return the weights of the bins in each band, (513, 80)."""
    filters = librosa.filters.mel(
        sr=SAMPLE_RATE, n_fft=FRAME_LEN, n_mels=MEL_BANDS, fmin=MEL_MIN, fmax=MEL_MAX, htk=True, norm=1
    )
    return torch.from_numpy(filters.T.astype(np.float32).copy())


def magnitude_blocks(audio: np.ndarray) -> Iterator[Tensor]:
    """Yield a whole song's magnitudes (frames, 513), one frame per 315 samples, borders reflected as librosa does.

    They come a minute at a time: the windows of a song of hours would fill the memory. The rest that is less than a
    minute comes with the one before, since the last digits of a product may depend on whether it has one row or many.
    """
    front_end, frames = LogMel(), 1 + len(audio) // HOP
    starts = range(0, max(frames - BLOCK, 0) + 1, BLOCK)
    for start, stop in pairwise([*starts, frames]):
        first, last = start * HOP - FRAME_LEN // 2, (stop - 1) * HOP + FRAME_LEN // 2
        beyond = max(-first, 0), max(last - len(audio), 0)
        block = np.pad(audio[max(first, 0) : last].astype(np.float32, copy=False), beyond, mode="reflect")
        yield front_end.magnitude(torch.from_numpy(block)[None])[0]


def song_magnitude(audio: np.ndarray) -> Tensor:
    """Return a whole song's magnitudes (frames, 513), as `magnitude_blocks` yields them."""
    magnitude = torch.empty(1 + len(audio) // HOP, BINS)
    start = 0
    for block in magnitude_blocks(audio):
        magnitude[start : start + len(block)] = block
        start += len(block)
    return magnitude


def song_log_mel(audio: np.ndarray) -> Tensor:
    """Return a whole song's log-mel (frames, 80)."""
    front_end = LogMel()
    return torch.cat([front_end.log_mel(magnitude) for magnitude in magnitude_blocks(audio)])


def reflect(audio: Tensor) -> Tensor:
    """Add 512 reflected samples on both sides of a song's audio (samples,): frame i is then centred on sample 315 i."""
    return nn.functional.pad(audio[None], (FRAME_LEN // 2, FRAME_LEN // 2), mode="reflect")[0]


def pad_context(log_mel: Tensor) -> Tensor:
    """Add 57 frames of silence (ln 1e-7) on both sides of (frames, 80): every frame is then some excerpt's centre."""
    return nn.functional.pad(log_mel, (0, 0, CONTEXT, CONTEXT), value=float(np.log(FLOOR)))


def excerpts(padded: Tensor) -> Tensor:
    """View padded log-mel (frames + 114, 80) as all its excerpts (frames, 115, 80), without copying."""
    return padded.unfold(0, EXCERPT_FRAMES, 1).transpose(1, 2)
