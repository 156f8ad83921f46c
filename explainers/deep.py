"""Differences from the baseline, traced back through the layers: DeepLIFT by captum and by shap."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from captum import attr
from numpy.typing import NDArray
from torch import Tensor, nn
from veracity_bench.explainers.contract.instance import Instance, NotApplicableError
from veracity_bench.explainers.support.families import WhiteBox, segment_weights, tensors
from veracity_bench.explainers.support.rectifiers import out_of_place

with warnings.catch_warnings():
    warnings.simplefilter("ignore", PendingDeprecationWarning)  # what shap's plots ask of matplotlib
    from shap import DeepExplainer

UNKNOWN = "{} does not add up: the detector has a nonlinear layer that {} does not know"
TOLERANCE = 0.01  # how far attributions may be from adding up, which is shap's own tolerance


@dataclass(frozen=True, kw_only=True)
class DeepLift(WhiteBox):
    """DeepLIFT with the rescale rule (Shrikumar et al. 2017), against the masking baseline, by captum."""

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"; raise NotApplicableError where they do not add up."""
        x, baseline = tensors(instance)
        network = self.network(instance)
        with warnings.catch_warnings(), _inputs_apart(network):
            # captum announces hooks and attributes, and takes them away again.
            warnings.filterwarnings("ignore", message="Setting forward, backward hooks and attributes")
            attribution, error = attr.DeepLift(network).attribute(
                x.requires_grad_(), baseline, return_convergence_delta=True
            )
        if abs(float(error)) > TOLERANCE:
            raise NotApplicableError(UNKNOWN.format("deep-lift", "captum"))
        return segment_weights(instance, attribution)


@dataclass(frozen=True, kw_only=True)
class DeepShap(WhiteBox):
    """Deep SHAP (Lundberg and Lee 2017) with the masking baseline as its only background, by shap's DeepExplainer.

    With one background this is DeepLIFT again, so that two libraries check each other.
    """

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        x, baseline = tensors(instance)
        # A copy, since shap leaves tensors behind in modules, and its hooks do not stand in-place activations.
        method = DeepExplainer(_Column(out_of_place(self.network(instance))), baseline)
        with warnings.catch_warnings():
            # shap takes the plain gradient of a layer it does not know: right for linear ones as BandNorm and
            # ZeroMeanConv2d are, and told by additivity for others.
            warnings.filterwarnings("ignore", message="unrecognized nn.Module")
            # shap adds tensors to arrays in checking that, in a way that numpy is about to give up
            warnings.filterwarnings("ignore", message="__array_wrap__ must accept context")
            try:
                values = method.shap_values(x)
            except AssertionError as error:
                raise NotApplicableError(UNKNOWN.format("deep-shap", "shap")) from error
        return segment_weights(instance, torch.from_numpy(values[..., 0]))


class _Column(nn.Module):
    """Outputs (n,) as (n, 1), which shap expects."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: Tensor) -> Tensor:
        outputs: Tensor = self.network(x)
        return outputs.unsqueeze(1)


@contextmanager
def _inputs_apart(network: nn.Module) -> Iterator[None]:
    """Let no activation or pooling share the tensor that it takes with the layer that made it.

    captum hooks both on one tensor, where the layer that made it is told a gradient that the other has not yet changed:
    with max-pooling right after a rectifier, attributions were up to 22 % from adding up (captum issue 1104).
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
    return tuple(part.clone() for part in inputs)
