"""SmoothGrad: the gradient, averaged over noisy copies of the excerpt (captum)."""

from dataclasses import dataclass

import numpy as np
from captum import attr
from numpy.typing import NDArray

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.support.families import WhiteBox, passes_at_once, segment_weights, tensors
from veracity_bench.explainers.support.seeding import libraries_seeded


@dataclass(frozen=True, kw_only=True)
class SmoothGrad(WhiteBox):
    """The mean gradient over noisy copies of the excerpt (Smilkov et al. 2017).

    `noise` is the standard deviation as a share of the excerpt's range, as in the paper.
    """

    passes: int = 16
    noise: float = 0.15

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        x, _ = tensors(instance)
        method = attr.NoiseTunnel(attr.Saliency(self.network(instance)))
        with libraries_seeded(rng):
            gradient = method.attribute(
                x,
                nt_type="smoothgrad",
                nt_samples=self.passes,
                nt_samples_batch_size=passes_at_once(x),
                stdevs=self.noise * float(np.ptp(instance.spectrogram)),
                abs=False,
            )
        return segment_weights(instance, gradient)
