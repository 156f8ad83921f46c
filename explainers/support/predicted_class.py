"""Methods that show only what speaks for an output explain the class that is predicted, as their users have it.

Where rectifiers let only the positive part of a gradient through, nothing that speaks against the output is left: for
"sing" where the detector finds none, next to nothing. The output of "no sing" is minus that of "sing".
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from captum import attr
from numpy.typing import NDArray
from torch import Tensor, nn

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.support.families import segment_weights, tensors
from veracity_bench.explainers.support.rectifiers import with_rectifiers


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


def rectified_gradient(
    method: type[attr.GuidedBackprop | attr.Deconvolution], network: nn.Module, instance: Instance
) -> NDArray[np.float64]:
    """Return the predicted class' gradient by one of captum's methods, as one weight per segment for "sing"."""
    x, _ = tensors(instance)
    sign = predicted_sign(instance)
    with hooks_unannounced():
        gradient = method(nn.Sequential(with_rectifiers(network), Times(sign))).attribute(x.requires_grad_())
    return sign * segment_weights(instance, gradient)


@contextmanager
def hooks_unannounced() -> Iterator[None]:
    """Ignore captum's warning about its hooks on rectifiers, which are those of a copy."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Setting backward hooks on ReLU")
        yield
