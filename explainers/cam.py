"""Class activation maps: where the feature maps of a late convolution speak for "sing", stretched over the bins."""

import warnings
from dataclasses import dataclass

import numpy as np
from captum import attr
from numpy.typing import NDArray
from torch import nn
from veracity_bench.explainers.contract.instance import Instance, NotApplicableError
from veracity_bench.explainers.guided import ANNOUNCEMENT, Times, predicted_sign
from veracity_bench.explainers.support.families import WhiteBox, segment_weights, tensors
from veracity_bench.explainers.support.rectifiers import with_rectifiers

LAYER = 4  # the last of cnn-2015; the fifth of cnn-2018 leaves hardly any positions along frequency


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
        cam = attr.LayerGradCam(network, _layer(network)).attribute(x.requires_grad_(), relu_attributions=False)
        spread = attr.LayerAttribution.interpolate(cam, tuple(x.shape[1:]), interpolate_mode="bilinear")
        return segment_weights(instance, spread.squeeze(1))


@dataclass(frozen=True, kw_only=True)
class GuidedGradCam(WhiteBox):
    """Guided backpropagation times the map of Grad-CAM, of which only what speaks for the predicted class is left.

    (Selvaraju et al. 2017; captum.)
    """

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        x, _ = tensors(instance)
        # With a channel axis: captum spreads the map over all axes from the third on, and gives up where that is one.
        sign = predicted_sign(instance)
        network = nn.Sequential(nn.Flatten(0, 1), with_rectifiers(self.network(instance)), Times(sign))
        method = attr.GuidedGradCam(network, _layer(network))
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=ANNOUNCEMENT)
            product = method.attribute(x.unsqueeze(1).requires_grad_(), interpolate_mode="bilinear")
        return sign * segment_weights(instance, product.squeeze(1))


def _layer(network: nn.Module) -> nn.Conv2d:
    convolutions = [layer for layer in network.modules() if isinstance(layer, nn.Conv2d)]
    if not convolutions:
        raise NotApplicableError("class activation maps need a detector that holds an nn.Conv2d")
    return convolutions[:LAYER][-1]
