"""Gradients of which the rectifiers let only the positive part through.

What is left speaks for an output, and nothing tells what speaks against it: asked about "sing" where the detector hears
none, these methods have little to say. So they are asked as their users ask them, about the class that is predicted:
the output of "no sing" is minus that of "sing".
"""

import warnings
from dataclasses import dataclass

import numpy as np
import torch
from captum import attr
from numpy.typing import NDArray
from torch import Tensor, nn
from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.support.families import WhiteBox, segment_weights, tensors
from veracity_bench.explainers.support.rectifiers import with_rectifiers

ANNOUNCEMENT = "Setting backward hooks on ReLU"  # captum warns of its hooks, which are on a copy here


@dataclass(frozen=True, kw_only=True)
class GuidedBackprop(WhiteBox):
    """The gradient of the predicted class, cut at 0 below every rectifier (Springenberg et al. 2015).

    Rectifiers are the modules nn.ReLU and nn.LeakyReLU; other activations pass the plain gradient.
    """

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        return _attribute(attr.GuidedBackprop, self, instance)


@dataclass(frozen=True, kw_only=True)
class Deconvolution(WhiteBox):
    """The gradient of the predicted class, cut at 0 above every rectifier, which itself lets all through.

    (Zeiler and Fergus 2014.)
    """

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        return _attribute(attr.Deconvolution, self, instance)


def _attribute(
    method: type[attr.GuidedBackprop | attr.Deconvolution], explainer: WhiteBox, instance: Instance
) -> NDArray[np.float64]:
    x, _ = tensors(instance)
    sign = predicted_sign(instance)
    network = nn.Sequential(with_rectifiers(explainer.network(instance)), Times(sign))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=ANNOUNCEMENT)
        return sign * segment_weights(instance, method(network).attribute(x.requires_grad_()))


class Times(nn.Module):
    """Multiplies by a number."""

    def __init__(self, factor: float) -> None:
        super().__init__()
        self.factor = factor

    def forward(self, x: Tensor) -> Tensor:
        """Return the product."""
        return self.factor * x


@torch.no_grad()
def predicted_sign(instance: Instance) -> float:
    """Return 1 where the probability of "sing" is above 1/2, else -1: explainers know no threshold."""
    logit: Tensor = instance.detector(tensors(instance)[0])
    return 1.0 if logit.item() > 0 else -1.0
