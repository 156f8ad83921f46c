"""Guided Grad-CAM: guided backpropagation, where the map of Grad-CAM leaves it (captum)."""

from dataclasses import dataclass

import numpy as np
from captum import attr
from numpy.typing import NDArray
from torch import nn

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.support.families import WhiteBox, segment_weights, tensors
from veracity_bench.explainers.support.feature_maps import check_whole, mapped_convolution
from veracity_bench.explainers.support.predicted_class import Times, hooks_unannounced, predicted_sign
from veracity_bench.explainers.support.rectifiers import with_rectifiers


@dataclass(frozen=True, kw_only=True)
class GuidedGradCam(WhiteBox):
    """Guided backpropagation times the map of Grad-CAM, of which only what speaks for the predicted class is left.

    (Selvaraju et al. 2017.)
    """

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        x, _ = tensors(instance)
        # With a channel axis: captum spreads the map over all axes from the third on, and gives up where that is one.
        sign = predicted_sign(instance)
        network = nn.Sequential(nn.Flatten(0, 1), with_rectifiers(self.network(instance)), Times(sign))
        convolution, mode = mapped_convolution(network, instance)
        method = attr.GuidedGradCam(network, convolution)
        with hooks_unannounced():
            product = method.attribute(x.unsqueeze(1).requires_grad_(), interpolate_mode=mode)
        check_whole(product, x)
        return sign * segment_weights(instance, product.squeeze(1))
