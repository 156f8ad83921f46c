"""Which output of the detector is explained: the probability of "sing", or its logit.

Methods that see the detector as a black box explain the probability, as the paper does, methods that look inside
explain the logit, whose gradient does not vanish where the detector is sure; the setting `output` chooses otherwise.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor, nn

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.models.devices import device_of
from veracity_bench.models.games.segment_game import GPU_BATCH

CPU_PASSES = 1  # the activations of one excerpt fit the cache, and its memory is used again by the next
MAY_BE_ZERO = ("noise", "gamma")
OUTPUTS = ("probability", "logit")


@dataclass(frozen=True, kw_only=True)
class BlackBox:
    """Explainers that query the detector's output for coalitions of segments."""

    output: str = "probability"

    def __post_init__(self) -> None:
        _check(self)

    def game(self, instance: Instance) -> Callable[[ArrayLike], NDArray[Any]]:
        """Return the function that is explained: masks (n, n_segments) -> outputs (n,)."""
        return instance.predict if self.output == "probability" else instance.logits


@dataclass(frozen=True, kw_only=True)
class WhiteBox:
    """Explainers that look into the detector."""

    output: str = "logit"

    def __post_init__(self) -> None:
        _check(self)

    def network(self, instance: Instance) -> nn.Module:
        """Return the network that is explained: log-mel batch (n, frames, bands) -> outputs (n,)."""
        return instance.detector if self.output == "logit" else nn.Sequential(instance.detector, nn.Sigmoid())


def tensors(instance: Instance) -> tuple[Tensor, Tensor]:
    """Return spectrogram and baseline as batches of one, (1, frames, bands), where the detector is."""
    device = device_of(instance.detector)
    return torch.tensor(instance.spectrogram[None], device=device), torch.tensor(instance.baseline[None], device=device)


def segment_weights(instance: Instance, attribution: Tensor) -> NDArray[np.float64]:
    """Sum the attribution of bins, (1, frames, bands), over each segment, (n_segments,)."""
    return instance.sums(attribution.detach().squeeze(0).cpu().numpy())


def passes_at_once(spectrogram: Tensor) -> int:
    """Return how many excerpts to pass through the detector forth and back at a time."""
    return CPU_PASSES if spectrogram.device.type == "cpu" else GPU_BATCH // 8


def _check(explainer: BlackBox | WhiteBox) -> None:
    """Refuse settings of another kind than their defaults, and those that make no sense, in one sentence."""
    for setting in fields(explainer):
        name, value = setting.name, getattr(explainer, setting.name)
        if name == "output":
            if value not in OUTPUTS:
                raise ValueError(f"output={value}: an explainer explains the probability or the logit")
        elif not _is_like(value, setting.default):
            raise ValueError(f"{name}={value}: it must be {_kind(setting.default)}")
        elif np.min(value) < 0 or (np.min(value) == 0 and name not in MAY_BE_ZERO):
            raise ValueError(f"{name}={value}: it must be greater than 0")


def _is_like(value: object, default: object) -> bool:
    if isinstance(default, tuple):
        return isinstance(value, tuple | list) and len(value) == len(default) and all(map(_is_like, value, default))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, int) or (isinstance(default, float) and math.isfinite(value))


def _kind(default: object) -> str:
    if isinstance(default, tuple):
        return f"{len(default)} whole numbers, as in {default}"
    return "a number" if isinstance(default, float) else f"a whole number, as in {default}"
