"""What an explainer is given, and the contract that it must meet.

An explainer is any callable `(instance, rng) -> weights`: one finite number per segment, larger = speaks more for the
class "sing". It need not import anything of this project.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from torch import nn


class ContractError(ValueError):
    """An explainer returned something that is not one finite weight per segment."""


@dataclass(frozen=True, eq=False)
class Instance:
    """All that an explainer sees of an excerpt; never the perturbation, never a label.

    spectrogram  log-mel (frames, bands)
    segments     the segment index of every bin, (frames, bands) of 0 .. n_segments - 1
    baseline     what a bin holds when its segment is absent, (frames, bands)
    predict      masks (n, n_segments) of 0 and 1 -> probability of "sing" (n,)
    detector     log-mel batch (n, frames, bands) -> logits (n,), for methods that need gradients
    """

    spectrogram: NDArray[np.float32]
    segments: NDArray[np.int64]
    baseline: NDArray[np.float32]
    predict: Callable[[ArrayLike], NDArray[np.float64]]
    detector: nn.Module = field(repr=False)

    @property
    def n_segments(self) -> int:
        """The number of segments."""
        return int(self.segments.max()) + 1


class Explainer(Protocol):
    """The signature of explainers."""

    def __call__(self, instance: Instance, rng: np.random.Generator) -> ArrayLike:
        """Return one weight per segment, larger = speaks more for "sing"."""
        ...


def checked_weights(name: str, weights: ArrayLike, n_segments: int) -> NDArray[np.float64]:
    """Return weights as (n_segments,) floats; raise ContractError, naming the explainer, for anything else."""
    try:
        array = np.asarray(weights, dtype=np.float64).copy()
    except (TypeError, ValueError, RuntimeError) as error:
        raise ContractError(
            f"explainer {name} returned a {type(weights).__name__}, not {n_segments} numbers"
        ) from error
    if array.shape != (n_segments,):
        raise ContractError(f"explainer {name} returned weights of shape {array.shape}; it must return ({n_segments},)")
    if not np.isfinite(array).all():
        raise ContractError(f"explainer {name} returned {int((~np.isfinite(array)).sum())} weights that are not finite")
    return array
