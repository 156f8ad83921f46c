"""The front end: audio -> magnitude spectrogram -> natural-log mel spectrogram, differentiable in torch.

Conventions: audio is float32 in [-1, 1], mono, 22,050 Hz; a spectrogram is (..., frames, bins), low frequencies first;
70 frames per second; frame i is centred on sample 315 * i. Settings: Schlueter and Lehner 2018, as used by the paper
(section 4.2): periodic Hann window, 80 triangular filters from 27.5 to 8000 Hz, each normalised to sum 1.
"""

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
EXCERPT_FRAMES = 115
CONTEXT = EXCERPT_FRAMES // 2
EXCERPT_SAMPLES = (EXCERPT_FRAMES - 1) * HOP + FRAME_LEN


def excerpt_start(frame: int) -> int:
    """Return the first sample that the excerpt around centre frame `frame` sees (negative at a song's beginning)."""
    return (frame - CONTEXT) * HOP - FRAME_LEN // 2


class LogMel(nn.Module):
    """Audio (n, samples) -> log-mel (n, frames, 80), without padding: frames = 1 + (samples - 1024) // 315."""

    window: Tensor
    filterbank: Tensor

    def __init__(self) -> None:
        super().__init__()
        # In double precision: near silence, single precision's rounding of loud bins would show in the quiet ones.
        self.register_buffer("window", torch.hann_window(FRAME_LEN, periodic=True, dtype=torch.float64))
        filters = librosa.filters.mel(
            sr=SAMPLE_RATE, n_fft=FRAME_LEN, n_mels=MEL_BANDS, fmin=MEL_MIN, fmax=MEL_MAX, htk=True, norm=1
        )
        self.register_buffer("filterbank", torch.from_numpy(filters.T.astype(np.float32).copy()))

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


def song_magnitude(audio: np.ndarray) -> Tensor:
    """Return a whole song's magnitudes (frames, 513), one frame per 315 samples, borders reflected as librosa does."""
    return LogMel().magnitude(reflect(torch.from_numpy(audio.astype(np.float32)))[None])[0]


def reflect(audio: Tensor) -> Tensor:
    """Add 512 reflected samples on both sides of a song's audio (samples,): frame i is then centred on sample 315 i."""
    return nn.functional.pad(audio[None], (FRAME_LEN // 2, FRAME_LEN // 2), mode="reflect")[0]


def pad_context(log_mel: Tensor) -> Tensor:
    """Add 57 frames of silence (ln 1e-7) on both sides of (frames, 80): every frame is then some excerpt's centre."""
    return nn.functional.pad(log_mel, (0, 0, CONTEXT, CONTEXT), value=float(np.log(FLOOR)))


def excerpts(padded: Tensor) -> Tensor:
    """View padded log-mel (frames + 114, 80) as all its excerpts (frames, 115, 80), without copying."""
    return padded.unfold(0, EXCERPT_FRAMES, 1).transpose(1, 2)
