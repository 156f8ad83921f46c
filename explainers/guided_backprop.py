"""Guided backpropagation: the gradient, of which every rectifier passes on the positive part only (captum)."""

from dataclasses import dataclass

import numpy as np
from captum import attr
from numpy.typing import NDArray

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.support.families import WhiteBox
from veracity_bench.explainers.support.predicted_class import rectified_gradient


@dataclass(frozen=True, kw_only=True)
class GuidedBackprop(WhiteBox):
    """The gradient of the predicted class, cut at 0 below every rectifier (Springenberg et al. 2015).

    Rectifiers are the modules nn.ReLU and nn.LeakyReLU; other activations pass the plain gradient.
    """

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        return rectified_gradient(attr.GuidedBackprop, self.network(instance), instance)
