"""Saliency: the gradient of the output with respect to the bins (captum)."""

from dataclasses import dataclass

import numpy as np
from captum import attr
from numpy.typing import NDArray

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.support.families import WhiteBox, segment_weights, tensors


@dataclass(frozen=True, kw_only=True)
class Saliency(WhiteBox):
    """The gradient (Simonyan et al. 2014), with its sign, which the contract needs and captum drops by default."""

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        x, _ = tensors(instance)
        gradient = attr.Saliency(self.network(instance)).attribute(x.requires_grad_(), abs=False)
        return segment_weights(instance, gradient)
