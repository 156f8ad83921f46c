"""Occlusion: slide a window of the baseline over the spectrogram (Zeiler and Fergus 2014)."""

from dataclasses import dataclass

import numpy as np
from captum.attr import Occlusion as CaptumOcclusion
from numpy.typing import NDArray
from torch import Tensor

from veracity_bench.explainers.contract.instance import Instance, NotApplicableError
from veracity_bench.explainers.support.families import BlackBox, segment_weights, tensors
from veracity_bench.models.games.segment_game import CPU_BATCH, GPU_BATCH
from veracity_bench.models.games.segments import PAPER_GRID

PAPER_SHAPE = (PAPER_GRID.frames, PAPER_GRID.bands)


@dataclass(frozen=True, kw_only=True)
class Occlusion(BlackBox):
    """How far the output falls, on average, when a window hides a bin; summed over each segment.

    The window, in frames x bands, is as large as a segment of the paper's grid but knows no segments; it moves on by
    about half its size, and at the upper edges captum crops it. Sizes are those for the paper's excerpt: in any other
    representation, the window has the same share of each axis; on a waveform, the share of the frames.
    """

    window: tuple[int, int] = (23, 20)
    strides: tuple[int, int] = (12, 10)

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        spectrogram, baseline = tensors(instance)

        def forward(batch: Tensor) -> Tensor:
            logits: Tensor = instance.detector(batch)
            return logits.sigmoid() if self.output == "probability" else logits

        attribution = CaptumOcclusion(forward).attribute(
            spectrogram,
            sliding_window_shapes=_scaled(self.window, instance),
            strides=_scaled(self.strides, instance),
            baselines=baseline,
            perturbations_per_eval=CPU_BATCH if spectrogram.device.type == "cpu" else GPU_BATCH,
        )
        return segment_weights(instance, attribution)


def _scaled(sizes: tuple[int, int], instance: Instance) -> tuple[int, ...]:
    """Return sizes in frames x bands of the paper's excerpt as the same shares of a representation's axes."""
    shape = instance.spectrogram.shape
    if len(shape) > len(PAPER_SHAPE):
        raise NotApplicableError(f"occlusion needs a representation of one or two axes, not {len(shape)}")
    of_axes = zip(sizes, shape, PAPER_SHAPE, strict=False)
    return tuple(min(length, max(1, round(size * length / paper))) for size, length, paper in of_axes)
