"""Layer-wise relevance propagation: the logit is shared out layer by layer, in proportion to what was put in."""

from dataclasses import dataclass

import numpy as np
import torch
from captum import attr
from captum.attr._utils.lrp_rules import EpsilonRule, IdentityRule, PropagationRule  # they have no public name
from numpy.typing import NDArray
from torch import Tensor, nn

from veracity_bench.explainers.contract.instance import Instance, NotApplicableError
from veracity_bench.explainers.support.chain import Shift, chain_of_layers
from veracity_bench.explainers.support.families import WhiteBox, segment_weights, tensors
from veracity_bench.models.class_logit import ClassHead
from veracity_bench.models.detectors.layer_kinds import ACTIVATIONS, BATCH_NORMS, CONVOLUTIONS, POOLINGS, RESHAPING
from veracity_bench.models.detectors.networks import BandNorm

# What shares out relevance in proportion to what was put in, and what passes it on.
ALONG_TIME = (nn.Conv1d, nn.MaxPool1d, nn.AvgPool1d, nn.AdaptiveAvgPool1d)
ALONG_BOTH = (BandNorm, *CONVOLUTIONS, *POOLINGS, nn.AdaptiveAvgPool2d)
SHARING_OUT = (Shift, *ALONG_TIME, *ALONG_BOTH, nn.Linear, *BATCH_NORMS, *RESHAPING, ClassHead)
PASSING_ON = ACTIVATIONS


@dataclass(frozen=True, kw_only=True)
class Lrp(WhiteBox):
    """Relevance by a composite of rules (Bach et al. 2015; Montavon et al. 2019), propagated by captum.

    The convolutions after the first have the gamma rule, the other layers the epsilon rule with next to no epsilon,
    activations pass relevance on; what makes the logit of one of several classes shares it out by its gradient.
    Relevance counts from the masking baseline: with gamma = 0, a bin of a piecewise linear detector gets its gradient
    times its difference from the baseline. As its passes are of a rewritten copy, one query is counted.
    """

    gamma: float = 0.25

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.output != "logit":
            raise ValueError(f"output={self.output}: lrp shares out the logit; a probability is no sum of what went in")

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"; raise NotApplicableError where layers do not form a chain."""
        x, baseline = tensors(instance)
        chain = self._with_rules(chain_of_layers(instance.detector, x, baseline))
        return segment_weights(instance, attr.LRP(chain).attribute((x - baseline).requires_grad_()))

    def _with_rules(self, chain: nn.Sequential) -> nn.Sequential:
        convolutions = [layer for layer in chain if isinstance(layer, nn.Conv1d | nn.Conv2d)]
        layers = [Sharing(layer) if layer in convolutions[1:] else layer for layer in chain]
        for layer in layers:
            layer.rule = self._rule(layer)  # where captum looks for it
        return nn.Sequential(*layers)

    def _rule(self, layer: nn.Module) -> PropagationRule:
        if isinstance(layer, Sharing):
            return GammaRule(self.gamma)
        if isinstance(layer, SHARING_OUT):
            return EpsilonRule()
        if isinstance(layer, PASSING_ON):
            return IdentityRule()
        raise NotApplicableError(f"lrp has no rule for a layer of type {type(layer).__name__}")


class Sharing(nn.Module):
    """A convolution whose outputs, once `gamma` is set, exaggerate the terms of the output's own sign."""

    def __init__(self, layer: nn.Conv1d | nn.Conv2d) -> None:
        super().__init__()
        self.convolve = layer._conv_forward  # not the layer itself: captum would look inside and put its hooks there
        self.kernels: Tensor = getattr(layer, "kernels", layer.weight).detach()  # ZeroMeanConv2d has kernels
        self.bias = None if layer.bias is None else layer.bias.detach()
        self.gamma = 0.0

    def forward(self, x: Tensor) -> Tensor:
        """Return sums + gamma * (their positive terms where the sum is positive, else their negative ones)."""
        sums: Tensor = self.convolve(x, self.kernels, self.bias)
        if not self.gamma:
            return sums
        bias = None if self.bias is None else self.bias.clamp(min=0)
        positive = self.convolve(x.clamp(min=0), self.kernels.clamp(min=0), bias)
        positive = positive + self.convolve(x.clamp(max=0), self.kernels.clamp(max=0), None)
        return sums + self.gamma * torch.where(sums > 0, positive, sums - positive)


class GammaRule(EpsilonRule):  # type: ignore[misc]
    """The gamma rule for networks whose rectifiers leak (Andéol et al. 2021).

    captum's own rule favours positive terms also where the sum is negative. A rectifier cuts that sum off, but a leaky
    one leaves it relevance, to be divided by a sum that is now anywhere near 0: in the detector that comes with the
    project, logits of 1 gave segments weights of 100.
    """

    def __init__(self, gamma: float) -> None:
        super().__init__()
        self.gamma = gamma

    def _manipulate_weights(self, module: Sharing, inputs: object, outputs: object) -> None:
        """Exaggerate from now on; captum calls this after the pass that finds the activations."""
        module.gamma = self.gamma
