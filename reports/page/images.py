"""Spectrograms as small images: one pixel per bin, time to the right, frequency upwards."""

import io

import matplotlib
import numpy as np
from PIL import Image

from veracity_bench.reports.measurements.excerpts import Excerpt, Spectrogram
from veracity_bench.reports.page.hypertext import data_uri

LEVELS = 64  # colours: as good as more to the eye, and smaller
LOUDNESS = "viridis"
DIFFERENCE = "RdBu_r"  # red is louder, white the same
EXTREMES = 0.005  # share of the perturbed bins that may exceed the scale, so that a few do not pale the rest


def images(excerpt: Excerpt) -> dict[str, str]:
    """Draw the original and the adversarial version on one scale of loudness, and their difference."""
    both = np.stack([excerpt.original, excerpt.adversarial])
    loudness = float(both.min()), float(both.max())
    most = largest(excerpt)
    return {
        "original": draw(excerpt.original, *loudness, LOUDNESS),
        "adversarial": draw(excerpt.adversarial, *loudness, LOUDNESS),
        "perturbation": draw(excerpt.adversarial - excerpt.original, -most, most, DIFFERENCE),
    }


def largest(excerpt: Excerpt) -> float:
    """Return where the scale of the perturbation ends, in the unit of log-mel."""
    return float(np.quantile(np.abs(excerpt.adversarial - excerpt.original), 1 - EXTREMES))


def draw(spectrogram: Spectrogram, low: float, high: float, colours: str) -> str:
    """Draw (frames, bands) from ``low`` to ``high`` as a PNG, returned as a data URI."""
    share = (spectrogram - low) / (high - low if high > low else 1)
    levels = np.round(np.clip(share, 0, 1) * (LEVELS - 1)).astype(np.uint8)
    picture = Image.fromarray(np.ascontiguousarray(levels.T[::-1]))
    palette = matplotlib.colormaps[colours](np.linspace(0, 1, LEVELS))[:, :3]
    picture.putpalette(np.round(255 * palette).astype(np.uint8).tobytes())
    sink = io.BytesIO()
    picture.save(sink, "PNG", optimize=True)
    return data_uri("image/png", sink.getvalue())
