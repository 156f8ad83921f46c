"""Batch norm in evaluation mode is an affine map per channel, so that the linear layer before it can hold it."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval, fuse_linear_bn_eval

from veracity_bench.models.detectors.networks import ZeroMeanConv2d

# The batch norm that may follow a layer, and what makes one layer of both.
FUSIONS: dict[type[nn.Module], tuple[type[nn.Module], Callable[[Any, Any], nn.Module]]] = {
    nn.Conv2d: (nn.BatchNorm2d, fuse_conv_bn_eval),
    ZeroMeanConv2d: (nn.BatchNorm2d, fuse_conv_bn_eval),  # scaled kernels still sum to zero
    nn.Linear: (nn.BatchNorm1d, fuse_linear_bn_eval),
}


def fold_batch_norm(layers: Iterable[nn.Module], into: Collection[type[nn.Module]]) -> list[nn.Module]:
    """Return consecutive layers in which batch norm is part of the layer before it, where that is one of `into`.

    The layers given stay as they are. Subclasses are left alone, and so is batch norm without weights or without
    running statistics.
    """
    folded: list[nn.Module] = []
    for layer in layers:
        before = folded[-1] if folded else None
        if before is not None and type(before) in into and _is_foldable(before, layer):
            folded[-1] = FUSIONS[type(before)][1](before, layer)
        else:
            folded.append(layer)
    return folded


def _is_foldable(before: nn.Module, layer: Any) -> bool:
    if type(layer) is not FUSIONS[type(before)][0]:
        return False
    channels = getattr(before, "out_channels", None) or getattr(before, "out_features", None)
    return layer.running_mean is not None and layer.weight is not None and layer.num_features == channels
