"""Augmentation of training excerpts on the spectrogram (Schlueter and Grill 2015, section 4).

Time stretch and pitch shift by up to +-30 % are one affine transform of the linear-frequency magnitudes; a random
filter of up to +-10 dB is a Gaussian over log-frequency, 5 to 7 semitones wide, centred between 150 Hz and 8 kHz.
The published code resamples with order-2 splines; here it is torch's bicubic interpolation, one call for a batch.
"""

import math

import torch
from torch import Generator, Tensor
from torch.nn import functional as F  # noqa: N812 - the name everyone knows

from veracity_bench.models.audio.log_mel import CONTEXT, EXCERPT_FRAMES, FRAME_LEN, MEL_MAX, SAMPLE_RATE

MAX_STRETCH = 0.3
MAX_SHIFT = 0.3
MAX_DB = 10.0
MEL_BINS = math.ceil(MEL_MAX * FRAME_LEN / SAMPLE_RATE)
SOURCE_BINS = math.ceil(MEL_BINS * (1 + MAX_SHIFT))
SOURCE_CONTEXT = math.ceil(CONTEXT * (1 + MAX_STRETCH))


def augment(magnitude: Tensor, rng: Generator) -> Tensor:
    """Map magnitudes around n centre frames (n, 151, 484) to altered excerpts (n, 115, 372), non-negative.

    `rng` is a CPU generator, so that a seed gives the same factors on every device.
    """
    factors = 1 + MAX_STRETCH * (2 * torch.rand(len(magnitude), 2, generator=rng) - 1)
    return (stretch_shift(magnitude, factors) * _random_gains(len(magnitude), rng).to(magnitude.device)).clamp_min(0)


def stretch_shift(magnitude: Tensor, factors: Tensor) -> Tensor:
    """Resample (n, 151, 484) to (n, 115, 372); `factors` (n, 2) are the source frames and bins per frame and bin.

    A time factor above 1 plays faster; a frequency factor above 1 lowers the pitch. The centre frame and bin 0 stay.
    """
    frames = (torch.arange(EXCERPT_FRAMES) - CONTEXT) * factors[:, :1] / SOURCE_CONTEXT
    bins = 2 * torch.arange(MEL_BINS) * factors[:, 1:] / (SOURCE_BINS - 1) - 1
    shape = (len(factors), EXCERPT_FRAMES, MEL_BINS)
    grid = torch.stack([bins[:, None, :].expand(shape), frames[:, :, None].expand(shape)], dim=-1)
    grid = grid.to(magnitude.device, magnitude.dtype)
    return F.grid_sample(magnitude[:, None], grid, mode="bicubic", align_corners=True)[:, 0]


def _random_gains(n: int, rng: Generator) -> Tensor:
    """Draw filter responses (n, 1, 372) as factors on the magnitudes."""
    uniform = torch.rand(3, n, 1, 1, generator=rng)
    octave = torch.log2(torch.arange(MEL_BINS).clamp_min(1) * SAMPLE_RATE / FRAME_LEN)
    centre = math.log2(150) + uniform[0] * math.log2(MEL_MAX / 150)
    width = (5 + 2 * uniform[1]) / 12
    decibels = MAX_DB * (2 * uniform[2] - 1) * torch.exp(-0.5 * ((octave - centre) / width) ** 2)
    return 10 ** (decibels / 20)
