"""A detector as layers one after the other, each of which attribution methods can take by itself."""

import copy
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval, fuse_linear_bn_eval
from veracity_bench.explainers.contract.instance import NotApplicableError

IDLE = (nn.Dropout, nn.Dropout2d, nn.Identity)  # what does nothing in evaluation mode
CLOSE = 1e-3  # in the logit


class Shift(nn.Module):
    """Adds the baseline, so that what follows can be told the difference from it."""

    baseline: Tensor

    def __init__(self, baseline: Tensor) -> None:
        super().__init__()
        self.register_buffer("baseline", baseline)

    def forward(self, difference: Tensor) -> Tensor:
        """Return what differs that much from the baseline."""
        return difference + self.baseline


def chain_of_layers(detector: nn.Module, x: Tensor, baseline: Tensor) -> nn.Sequential:
    """Return layers that map x - baseline (1, frames, bands) to the logit as the detector does x; all are copies.

    They are the detector's innermost modules in the order they were registered in, with batch norm merged into the
    layer before it. Raises NotApplicableError where a chain of them does not compute what the detector does.
    """
    chain = nn.Sequential(Shift(baseline), *_merged(_innermost(copy.deepcopy(detector).eval())))
    try:
        with torch.no_grad():
            same = torch.allclose(chain(x - baseline).flatten(), detector(x), atol=CLOSE)
    except RuntimeError:
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


def _merged(layers: Iterator[nn.Module]) -> list[nn.Module]:
    merged: list[nn.Module] = []
    for layer in layers:
        before: Any = merged[-1] if merged else None
        if isinstance(layer, nn.BatchNorm2d) and isinstance(before, nn.Conv2d) and _is_fixed(layer):
            merged[-1] = fuse_conv_bn_eval(before, layer)
        elif isinstance(layer, nn.BatchNorm1d) and isinstance(before, nn.Linear) and _is_fixed(layer):
            merged[-1] = fuse_linear_bn_eval(before, layer)
        else:
            merged.append(layer)
    return merged


def _is_fixed(norm: nn.BatchNorm1d | nn.BatchNorm2d) -> bool:
    return norm.running_mean is not None and norm.weight is not None
