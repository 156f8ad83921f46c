"""A convolution or a pooling as windows that slide along time and along frequency."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from torch import nn

from veracity_bench.models.detectors.errors import NotFactorableError
from veracity_bench.models.detectors.layer_kinds import ADAPTIVE_POOLINGS, CONVOLUTIONS, POOLINGS

Span = tuple[int, int]  # the segments first .. last, inclusive, along one axis


@dataclass(frozen=True, kw_only=True)
class Window:
    """A layer along one axis; `before` and `after` are the positions that it pads."""

    kernel: int
    stride: int
    dilation: int
    before: int
    after: int

    @property
    def reach(self) -> int:
        """Return how far its last position lies from its first."""
        return self.dilation * (self.kernel - 1)

    def padded(self, spans: Sequence[Span]) -> list[Span]:
        """Return what each input position sees, padding included: that sees no more than the outermost position."""
        return [*[spans[0]] * self.before, *spans, *[spans[-1]] * self.after]

    def seen(self, spans: Sequence[Span]) -> list[Span]:
        """Return what each output position sees, given the same of the padded inputs."""
        starts = range(0, len(spans) - self.reach, self.stride)
        if not starts:
            raise NotFactorableError("a window is larger than what it slides over")
        return [(spans[i][0], spans[i + self.reach][1]) for i in starts]

    def inputs(self, outputs: slice) -> slice:
        """Return the padded input positions that a run of output positions covers."""
        return slice(outputs.start * self.stride, (outputs.stop - 1) * self.stride + self.reach + 1)


def windows(layer: Any) -> tuple[Window, Window]:
    """Return a layer's windows along time and frequency; raise NotFactorableError for one of another kind."""
    if type(layer) not in (*CONVOLUTIONS, *POOLINGS) or not _is_plain(layer):
        raise NotFactorableError(f"{layer} is no layer of windows")
    sizes = (pair(size) for size in (layer.kernel_size, layer.stride, getattr(layer, "dilation", 1)))
    time, frequency = (
        Window(kernel=kernel, stride=stride, dilation=dilation, before=before, after=after)
        for kernel, stride, dilation, (before, after) in zip(*sizes, _padding(layer), strict=True)
    )
    return time, frequency


def fixed(layer: Any, sizes: tuple[int, int]) -> nn.Module:
    """Return an adaptive pooling of this many positions along time and frequency as one of fixed windows.

    Other layers are returned as they are. Raises NotFactorableError where the windows would differ in size.
    """
    if type(layer) not in ADAPTIVE_POOLINGS:
        return layer  # type: ignore[no-any-return]
    wanted = adapted(layer, sizes)
    if any(size % parts for size, parts in zip(sizes, wanted, strict=True)) or getattr(layer, "return_indices", False):
        raise NotFactorableError(f"{layer} has windows of several sizes")
    kernel = (sizes[0] // wanted[0], sizes[1] // wanted[1])
    return nn.AvgPool2d(kernel) if isinstance(layer, nn.AdaptiveAvgPool2d) else nn.MaxPool2d(kernel)


def adapted(layer: Any, sizes: tuple[int, int]) -> tuple[int, int]:
    """Return the positions that an adaptive pooling puts out along time and frequency; None keeps those there are."""
    wanted = layer.output_size if isinstance(layer.output_size, tuple) else (layer.output_size,) * 2
    time, frequency = (size if parts is None else parts for size, parts in zip(sizes, wanted, strict=True))
    return time, frequency


def unpadded(layer: nn.Module) -> nn.Module:
    """Return the same layer for inputs that are padded already."""
    plain: Any = copy.copy(layer)
    plain.padding = (0, 0)
    return plain  # type: ignore[no-any-return]


def padding_value(layer: nn.Module) -> float:
    """Return what a layer pads with."""
    return float("-inf") if isinstance(layer, nn.MaxPool2d) else 0.0


def pair(size: Any) -> tuple[int, int]:
    """Return a layer's size along time and frequency; one number stands for both."""
    time, frequency = np.broadcast_to(size, 2)
    return int(time), int(frequency)


def _is_plain(layer: Any) -> bool:
    """Return whether padding is all zeros (or, for a maximum, never chosen), and outputs are nothing but values."""
    odd = getattr(layer, "ceil_mode", False) or getattr(layer, "return_indices", False)
    counts = getattr(layer, "count_include_pad", True) or not any(pair(layer.padding))
    return not odd and counts and getattr(layer, "padding_mode", "zeros") == "zeros"


def _padding(layer: Any) -> list[tuple[int, int]]:
    """Return the positions that a layer pads (before, after) along time and frequency."""
    if layer.padding == "same":
        reaches = [d * (k - 1) for k, d in zip(layer.kernel_size, layer.dilation, strict=True)]
        return [(reach // 2, reach - reach // 2) for reach in reaches]
    return [(n, n) for n in pair(0 if layer.padding == "valid" else layer.padding)]
