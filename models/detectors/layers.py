"""A detector as a list of layers: a front that adds the channel axis, a trunk of windows, and dense layers."""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from torch import nn

from veracity_bench.models.detectors.batch_norm import fold_batch_norm
from veracity_bench.models.detectors.errors import NotFactorableError
from veracity_bench.models.detectors.layer_kinds import ELEMENTWISE, IDLE
from veracity_bench.models.detectors.networks import BandNorm, Detector

FRONT = (BandNorm, nn.Unflatten)
DENSE = (nn.Linear, nn.BatchNorm1d, nn.Flatten, *ELEMENTWISE)


@dataclass(frozen=True, eq=False)
class Layers:
    """Front (n, frames, bands) -> (n, channels, frames, bands), trunk, first dense layer, all layers after it.

    Batch norm is part of the layer before it where that is a plain one. The layers after the first dense one change
    their input in place where they can.
    """

    front: nn.Sequential
    trunk: list[nn.Module]
    dense: nn.Linear
    rest: nn.Sequential


def unroll(detector: nn.Module) -> Layers:
    """Return the layers of a built-in detector or an nn.Sequential, in evaluation mode.

    Raises NotFactorableError where that would not be exact.
    """
    if type(detector) not in (Detector, nn.Sequential):
        raise NotFactorableError(f"{type(detector).__name__} is no nn.Sequential")
    if any(map(_is_altered, detector.modules())):
        raise NotFactorableError("a layer has hooks or another forward than its class")
    layers = [layer for layer in _leaves(detector) if type(layer) not in IDLE]
    front = [_front(layer) for layer in takewhile(lambda layer: type(layer) in FRONT, layers)]
    trunk = list(takewhile(lambda layer: type(layer) is not nn.Flatten, layers[len(front) :]))
    flatten, *dense = layers[len(front) + len(trunk) :] or [detector]
    trunk, dense = _folded(trunk, nn.Conv2d), _folded(dense, nn.Linear)
    flat = isinstance(flatten, nn.Flatten) and (flatten.start_dim, flatten.end_dim) == (1, -1)
    if not (flat and dense and isinstance(dense[0], nn.Linear) and all(type(layer) in DENSE for layer in dense)):
        raise NotFactorableError("the trunk is not flattened into dense layers")
    return Layers(nn.Sequential(*front), trunk, dense[0], nn.Sequential(*map(_in_place, dense[1:])))


def _folded(layers: Sequence[nn.Module], into: type[nn.Module]) -> list[nn.Module]:
    for layer in layers:
        if getattr(layer, "running_mean", layer) is None:
            raise NotFactorableError(f"{layer} depends on what else is in the batch")
    return fold_batch_norm(layers, [into])


def _leaves(module: nn.Module) -> Iterator[nn.Module]:
    if type(module) is Detector:
        yield from _leaves(nn.Sequential(module.norm, module.trunk, module.head))
    elif type(module) is nn.Sequential:
        for layer in module:
            yield from _leaves(layer)
    else:
        yield module


def _front(layer: nn.Module) -> nn.Module:
    """Return the layer in a form that takes any number of frames."""
    if not isinstance(layer, nn.Unflatten):
        return layer
    if layer.dim != 1 or tuple(layer.unflattened_size)[:-1] != (1,):
        raise NotFactorableError(f"{layer} does not add a channel axis")
    return nn.Unflatten(1, (1, -1))


def _is_altered(module: nn.Module) -> bool:
    return bool(module._forward_hooks or module._forward_pre_hooks or "forward" in vars(module))


def _in_place(layer: nn.Module) -> nn.Module:
    if not hasattr(layer, "inplace"):
        return layer
    clone: Any = copy.copy(layer)
    clone.inplace = True
    return clone  # type: ignore[no-any-return]
