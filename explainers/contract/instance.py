"""What an explainer is given, and the contract that it must meet.

An explainer is any callable `(instance, rng) -> weights`: one finite number per segment, larger = speaks more for the
class "sing". It need not import anything of this project.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit
from torch import nn

from veracity_bench.errors import UserError
from veracity_bench.models.games.segments import Partition


class ContractError(UserError):
    """An explainer returned something that is not one finite weight per segment."""


class NotApplicableError(ContractError):
    """An explainer cannot explain a detector of this kind, in one sentence: that is no fault of either."""


@dataclass(frozen=True, eq=False)
class Instance:
    """All that an explainer sees of an excerpt; never a label, never what was perturbed.

    But in the contrastive question, the baseline is the excerpt before the perturbation.

    spectrogram  log-mel (frames, bands)
    baseline     the value of a bin when its segment is absent, (frames, bands)
    partition    what the segments are
    logits       masks (n, n_segments) of 0 and 1 -> logits of "sing" (n,)
    detector     log-mel batch (n, frames, bands) -> logits (n,), for methods that need gradients
    """

    spectrogram: NDArray[np.float32]
    baseline: NDArray[np.float32]
    partition: Partition = field(repr=False)
    logits: Callable[[ArrayLike], NDArray[np.float32]] = field(repr=False)
    detector: nn.Module = field(repr=False)

    @property
    def n_segments(self) -> int:
        """The number of segments."""
        return self.partition.n_segments

    @property
    def segments(self) -> NDArray[np.int64]:
        """The segment index of every bin, (frames, bands) of 0 .. n_segments - 1."""
        return self.partition.map

    @property
    def shares(self) -> NDArray[np.float32]:
        """How much of every bin belongs to each segment, (n_segments, frames, bands); on a grid 0 or 1."""
        return self.partition.shares

    def predict(self, masks: ArrayLike) -> NDArray[np.float64]:
        """Return the probability of "sing" (n,) with these segments present: masks (n, n_segments) of 0 and 1."""
        return np.asarray(expit(self.logits(masks).astype(np.float64)))

    def sums(self, values: NDArray[np.floating]) -> NDArray[np.float64]:
        """Sum what bins are worth, (..., frames, bands), over each segment, (..., n_segments)."""
        return self.partition.sums(values)


class Explainer(Protocol):
    """The signature of explainers."""

    def __call__(self, instance: Instance, rng: np.random.Generator) -> ArrayLike:
        """Return one weight per segment, larger = speaks more for "sing"."""
        ...
