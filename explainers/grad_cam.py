"""Grad-CAM: where the feature maps of a late convolution speak for "sing", stretched over the bins (captum)."""

from dataclasses import dataclass

import numpy as np
from captum import attr
from numpy.typing import NDArray

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.support.families import WhiteBox, segment_weights, tensors
from veracity_bench.explainers.support.feature_maps import check_whole, mapped_convolution


@dataclass(frozen=True, kw_only=True)
class GradCam(WhiteBox):
    """The feature maps of the fourth convolution, weighed by their mean gradients (Selvaraju et al. 2017).

    Unlike there, what speaks against "sing" is not cut off. A detector of fewer convolutions is read at its last one.
    The map is stretched over the excerpt, as everybody does, though its outer positions look at bins further inside.
    """

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        x, _ = tensors(instance)
        network = self.network(instance)
        convolution, mode = mapped_convolution(network, instance)
        method = attr.LayerGradCam(network, convolution)
        cam = method.attribute(x.requires_grad_(), relu_attributions=False)
        check_whole(cam, x)
        spread = attr.LayerAttribution.interpolate(cam, tuple(x.shape[1:]), interpolate_mode=mode)
        return segment_weights(instance, spread.squeeze(1))
