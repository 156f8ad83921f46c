"""Shapes to draw on log-mel spectrograms: what a person would call an obvious cause (paper, section 5.1).

A shape is an intensity of 0 .. 1 per bin, (115 frames, 80 bands), whose place and size a random generator chooses. The
first three are those of the paper's figure 1; vibrato ought to mislead a singing voice detector (Schlueter
2017).
"""

from collections.abc import Callable, Iterator

import librosa
import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from veracity_bench.models.audio.log_mel import EXCERPT_FRAMES, FPS, MEL_BANDS, MEL_MAX, MEL_MIN
from veracity_bench.models.devices import device_of

Intensity = NDArray[np.float32]
FRAMES, BANDS = np.arange(EXCERPT_FRAMES), np.arange(MEL_BANDS)
BRIGHT = 4.0  # log-mel: what white paint stands for, the loudest bins of loud music
STEP = 0.5  # nepers


def blob(rng: np.random.Generator) -> Intensity:
    """Fill an ellipse, softer towards its edge."""
    centre, radii = (rng.uniform(45, 70), rng.uniform(15, 65)), (rng.uniform(20, 40), rng.uniform(8, 24))
    time, frequency = ((axis - c) / r for axis, c, r in zip((FRAMES, BANDS), centre, radii, strict=True))
    return _clipped(2 * (1 - time[:, None] ** 2 - frequency[None, :] ** 2))


def sine(rng: np.random.Generator) -> Intensity:
    """Draw a sine from left to right, with a broad brush."""
    centre, amplitude = rng.uniform(15, 65), rng.uniform(3, 7)
    return _line(centre + amplitude * _wave(FRAMES, rng.uniform(30, 80), rng), BANDS, rng.uniform(8, 14))


def zigzag(rng: np.random.Generator) -> Intensity:
    """Draw a zigzag from bottom to top, with a broad brush."""
    centre, amplitude = rng.uniform(45, 70), rng.uniform(8, 16)
    triangle = 2 / np.pi * np.arcsin(_wave(BANDS, rng.uniform(20, 40), rng))
    return _line(centre + amplitude * triangle, FRAMES, rng.uniform(8, 16)).T


def vibrato(rng: np.random.Generator) -> Intensity:
    """Draw fine lines for the partials of a note whose pitch goes up and down about six times a second."""
    pitch = rng.uniform(150, 500) * 2 ** (rng.uniform(1, 2) / 12 * _wave(FRAMES, FPS / rng.uniform(5.5, 6.5), rng))
    lines = np.max([_line(_band(partial * pitch), BANDS, 3) for partial in range(1, 11)], axis=0)
    sounds = abs(FRAMES - rng.uniform(45, 70)) < rng.uniform(20, 45)
    return np.asarray(lines * sounds[:, None])


SHAPES: dict[str, Callable[[np.random.Generator], Intensity]] = {
    shape.__name__: shape for shape in (blob, sine, zigzag, vibrato)
}


def strengthened(original: NDArray[np.float32], shape: Intensity) -> Iterator[NDArray[np.float32]]:
    """Draw a shape on a log-mel spectrogram (115, 80) ever more strongly, until no bin of it can become brighter."""
    room = np.maximum(BRIGHT - original, 0)
    for strength in np.arange(STEP, room.max() + STEP, STEP):
        yield (original + shape * np.minimum(room, strength)).astype(np.float32)


@torch.no_grad()
def draw_until_sung(
    detector: nn.Module, original: NDArray[np.float32], shape: Intensity, *, threshold: float, margin: float
) -> NDArray[np.float32] | None:
    """Return the weakest drawing whose logit is more than `margin` past the threshold; None where there is none."""
    device = device_of(detector)
    for drawn in strengthened(original, shape):
        if detector(torch.from_numpy(drawn)[None].to(device)).item() - threshold > margin:
            return drawn
    return None


def _wave(axis: NDArray[np.int64], period: float, rng: np.random.Generator) -> NDArray[np.float64]:
    return np.sin(2 * np.pi * (axis / period + rng.random()))


def _line(centres: NDArray[np.float64], axis: NDArray[np.int64], width: float) -> Intensity:
    """Draw a line of some bins' width, (rows, bins), whose centre is given for every row."""
    return _clipped((width + 1) / 2 - abs(axis[None, :] - centres[:, None]))


def _band(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mel band, with its fraction, whose filter is centred on a frequency."""
    low, high = librosa.hz_to_mel([MEL_MIN, MEL_MAX], htk=True)
    return np.asarray((librosa.hz_to_mel(hertz, htk=True) - low) / (high - low) * (MEL_BANDS + 1) - 1)


def _clipped(intensity: NDArray[np.float64]) -> Intensity:
    return intensity.clip(0, 1).astype(np.float32)
