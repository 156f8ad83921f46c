"""Gradients of the detector's output with respect to the bins, as captum computes them."""

from dataclasses import dataclass

import numpy as np
from captum import attr
from numpy.typing import NDArray
from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.support.families import WhiteBox, passes_at_once, segment_weights, tensors
from veracity_bench.explainers.support.seeding import libraries_seeded


@dataclass(frozen=True, kw_only=True)
class Saliency(WhiteBox):
    """The gradient (Simonyan et al. 2014), with its sign, which captum drops by default and the contract asks for."""

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        x, _ = tensors(instance)
        gradient = attr.Saliency(self.network(instance)).attribute(x.requires_grad_(), abs=False)
        return segment_weights(instance, gradient)


@dataclass(frozen=True, kw_only=True)
class InputXGradient(WhiteBox):
    """The gradient times how far each bin is from the baseline (Shrikumar et al. 2016).

    Log-mel is negative nearly everywhere and its zero means nothing, so that times-input would turn the signs of most
    gradients. We give captum the difference from the baseline as the input, which is what masking takes away.
    """

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        x, baseline = tensors(instance)
        network = self.network(instance)
        method = attr.InputXGradient(lambda difference: network(baseline + difference))
        return segment_weights(instance, method.attribute((x - baseline).requires_grad_()))


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
