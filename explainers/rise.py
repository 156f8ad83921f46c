"""RISE: randomized input sampling for explanation of black-box models (Petsiuk et al. 2018), on segments."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.support.families import BlackBox


@dataclass(frozen=True, kw_only=True)
class Rise(BlackBox):
    """The mean output where a segment is present, minus the mean output over all masks.

    Segments are present with probability 1/2. The published weight is the first mean alone; what is subtracted is the
    same for all segments, so the ranking stays, and the sign is whether a segment speaks for or against "sing". The
    mean is over the masks that do hold the segment, not over the number expected to, which would add noise. In the
    limit the weights are half the Banzhaf values. A segment that no mask holds weighs 0.
    """

    samples: int = 8192

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        masks = rng.integers(0, 2, size=(self.samples, instance.n_segments))
        outputs = self.game(instance)(masks).astype(np.float64)
        outputs -= outputs[0]  # exactly 0 where nothing varies
        outputs -= outputs.mean()
        return np.asarray(outputs @ masks / np.maximum(masks.sum(axis=0), 1))
