"""A detector as layers one after the other, each of which attribution methods can take by itself."""

import copy
from collections.abc import Iterator

import torch
from torch import Tensor, nn

from veracity_bench.explainers.contract.instance import NotApplicableError
from veracity_bench.models.detectors.batch_norm import fold_batch_norm
from veracity_bench.models.detectors.layer_kinds import CONVOLUTIONS, IDLE

FOLDED_INTO = (*CONVOLUTIONS, nn.Linear)  # what batch norm is made part of
CLOSE = 1e-3  # in the logit


class Shift(nn.Module):
    """Adds the baseline: turns a difference from the baseline into log-mel."""

    baseline: Tensor

    def __init__(self, baseline: Tensor) -> None:
        super().__init__()
        self.register_buffer("baseline", baseline)

    def forward(self, difference: Tensor) -> Tensor:
        """Return log-mel that differs that much from the baseline."""
        return difference + self.baseline


def chain_of_layers(detector: nn.Module, x: Tensor, baseline: Tensor) -> nn.Sequential:
    """Return layers that map x - baseline (1, frames, bands) to the logit as the detector does x; all are copies.

    They are the detector's innermost modules in the order they were registered in, with batch norm folded into the
    layer before it. Raises NotApplicableError where a chain of them does not compute what the detector does.
    """
    layers = _innermost(copy.deepcopy(detector).eval())
    chain = nn.Sequential(Shift(baseline), *fold_batch_norm(layers, FOLDED_INTO))
    with torch.no_grad():
        wanted = detector(x)
        try:
            same = torch.allclose(chain(x - baseline).flatten(), wanted, atol=CLOSE)
        except Exception:  # whatever layers raise in an order, or on shapes, that are not theirs
            same = False
    if not same:
        raise NotApplicableError("lrp needs a detector that is nothing but layers, which run one after the other")
    return chain


def _innermost(module: nn.Module) -> Iterator[nn.Module]:
    children = list(module._modules.values())  # children() leaves out a module that is used twice
    if not children and not isinstance(module, IDLE):
        yield module
    for child in children:
        yield from _innermost(child) if child is not None else ()
