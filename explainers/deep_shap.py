"""Deep SHAP: DeepLIFT's rescale rule, averaged over backgrounds (shap's DeepExplainer)."""

import warnings
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from veracity_bench.explainers.contract.instance import Instance, NotApplicableError
from veracity_bench.explainers.support.class_heads import with_linear_head
from veracity_bench.explainers.support.families import WhiteBox, segment_weights, tensors
from veracity_bench.explainers.support.rectifiers import out_of_place

with warnings.catch_warnings():
    warnings.simplefilter("ignore", PendingDeprecationWarning)  # shap's plots use old names of matplotlib
    from shap import DeepExplainer


@dataclass(frozen=True, kw_only=True)
class DeepShap(WhiteBox):
    """Deep SHAP (Lundberg and Lee 2017) with the masking baseline as its only background.

    With one background this is DeepLIFT again, so that two libraries check each other.
    """

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        x, baseline = tensors(instance)
        # A copy, since shap leaves tensors behind in modules, and its hooks do not stand in-place activations.
        method = DeepExplainer(_Column(out_of_place(self.network(with_linear_head(instance)))), baseline)
        with warnings.catch_warnings():
            # shap takes the plain gradient of a layer without a rule: right for linear ones as BandNorm and
            # ZeroMeanConv2d are, and found out by additivity for others.
            warnings.filterwarnings("ignore", message="unrecognized nn.Module")
            # shap adds tensors to arrays in checking that, in a way that numpy is about to give up
            warnings.filterwarnings("ignore", message="__array_wrap__ must accept context")
            try:
                values = method.shap_values(x)
            except AssertionError as error:
                problem = "deep-shap does not add up: the detector has a nonlinear layer without a rule in shap"
                raise NotApplicableError(problem) from error
        return segment_weights(instance, torch.from_numpy(values[..., 0]))


class _Column(nn.Module):
    """Outputs (n,) as (n, 1), which shap expects."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: Tensor) -> Tensor:
        outputs: Tensor = self.network(x)
        return outputs.unsqueeze(1)
