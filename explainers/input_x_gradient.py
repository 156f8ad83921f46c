"""Input times gradient: what each bin has beyond the baseline, times its gradient (captum)."""

from dataclasses import dataclass

import numpy as np
from captum import attr
from numpy.typing import NDArray

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.support.families import WhiteBox, segment_weights, tensors


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
