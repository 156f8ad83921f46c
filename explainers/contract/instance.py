"""What an explainer is given, and the contract that it must meet.

An explainer is any callable `(instance, rng) -> weights`: one finite number per segment, larger = speaks more for the
class that is explained. It need not import anything of this project.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit
from torch import nn

from veracity_bench.errors import UserError
from veracity_bench.models.audio.log_mel import SAMPLE_RATE
from veracity_bench.models.direction import CLASSES
from veracity_bench.models.games.segments import Partition


class ContractError(UserError):
    """An explainer returned something that is not one finite weight per segment."""


class NotApplicableError(ContractError):
    """An explainer cannot explain a detector of this kind, in one sentence: that is no fault of either."""


@dataclass(frozen=True, eq=False)
class Instance:
    """All that an explainer sees of an excerpt; never a label, never what was perturbed.

    But in the contrastive question, the baseline is the excerpt before the perturbation.

    spectrogram  the classifier's representation, log-mel (frames, bands) for ours; any other shape for others'
    baseline     the value of a bin when its segment is absent, of the same shape
    partition    what the segments are
    logits       masks (n, n_segments) of 0 and 1 -> logits of the class explained (n,)
    detector     representations (n, ...) -> logits (n,), for methods that need gradients
    waveform     the excerpt's samples (samples,); None where no sound has such a representation
    sample_rate  of the waveform, in Hz
    front_end    audio (n, samples) -> representation (n, ...); None where it is not known
    classes      the names of the classifier's classes
    explained    the class that is explained: sigmoid(logits) is its probability
    fitted       what the explainer's own `fit` has learnt of training songs, arrays by name; None where it has none
    """

    spectrogram: NDArray[np.float32]
    baseline: NDArray[np.float32]
    partition: Partition = field(repr=False)
    logits: Callable[[ArrayLike], NDArray[np.float32]] = field(repr=False)
    detector: nn.Module = field(repr=False)
    waveform: NDArray[np.float32] | None = field(default=None, repr=False)
    sample_rate: int = SAMPLE_RATE
    front_end: nn.Module | None = field(default=None, repr=False)
    classes: tuple[str, ...] = CLASSES
    explained: str = CLASSES[1]
    fitted: Mapping[str, NDArray[Any]] | None = field(default=None, repr=False)

    @property
    def n_segments(self) -> int:
        """The number of segments."""
        return self.partition.n_segments

    @property
    def segments(self) -> NDArray[np.int64]:
        """The segment index of every bin, of the representation's shape, 0 .. n_segments - 1."""
        return self.partition.map

    @property
    def shares(self) -> NDArray[np.float32]:
        """How much of every bin belongs to each segment, (n_segments, ...); on a grid 0 or 1."""
        return self.partition.shares

    def predict(self, masks: ArrayLike) -> NDArray[np.float64]:
        """Return the probability (n,) with these segments present: masks (n, n_segments) of 0 and 1."""
        return np.asarray(expit(self.logits(masks).astype(np.float64)))

    def sums(self, values: NDArray[np.floating]) -> NDArray[np.float64]:
        """Sum what bins are worth, (..., *shape), over each segment, (..., n_segments)."""
        return self.partition.sums(values)


class Explainer(Protocol):
    """The signature of explainers."""

    def __call__(self, instance: Instance, rng: np.random.Generator) -> ArrayLike:
        """Return one weight per segment, larger = speaks more for the class that is explained."""
        ...
