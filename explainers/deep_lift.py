"""DeepLIFT: the difference from the baseline, traced back through the layers (captum)."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from captum import attr
from numpy.typing import NDArray
from torch import Tensor, nn

from veracity_bench.explainers.contract.instance import Instance, NotApplicableError
from veracity_bench.explainers.support.class_heads import with_linear_head
from veracity_bench.explainers.support.families import WhiteBox, segment_weights, tensors

TOLERANCE = 0.01  # how far attributions may be from adding up, which is also shap's tolerance


@dataclass(frozen=True, kw_only=True)
class DeepLift(WhiteBox):
    """DeepLIFT with the rescale rule (Shrikumar et al. 2017), against the masking baseline."""

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"; raise NotApplicableError where they do not add up."""
        x, baseline = tensors(instance)
        network = self.network(with_linear_head(instance))
        with warnings.catch_warnings(), _inputs_cloned(network):
            # captum announces hooks and attributes, and takes them away again.
            warnings.filterwarnings("ignore", message="Setting forward, backward hooks and attributes")
            attribution, error = attr.DeepLift(network).attribute(
                x.requires_grad_(), baseline, return_convergence_delta=True
            )
        if abs(float(error)) > TOLERANCE:
            raise NotApplicableError(
                "deep-lift does not add up: the detector has a nonlinear layer without a rule in captum"
            )
        return segment_weights(instance, attribution)


@contextmanager
def _inputs_cloned(network: nn.Module) -> Iterator[None]:
    """Give every activation and pooling a copy of its input, for the time of the context.

    captum hooks a layer and the one before it on the tensor between them, where the layer before takes a gradient that
    the other has not yet changed: with max-pooling right after a rectifier, attributions were up to 22 % from adding up
    (captum issue 1104).
    """
    within = [layer for layer in network.modules() if layer is not network]  # captum calls that with pairs of inputs
    bare = [layer for layer in within if not [*layer.children(), *layer.parameters()]]
    handles = [layer.register_forward_pre_hook(_cloned) for layer in bare]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


def _cloned(layer: nn.Module, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    return tuple(part.clone() if isinstance(part, Tensor) else part for part in inputs)
