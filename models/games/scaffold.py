"""A scaffold: a detector that hides what it goes by from explainers that mask (Slack et al. 2020).

Its output is the honest detector's on real excerpts, and an innocent one on masked excerpts: it depends on whether one
segment, the decoy, is present. Slack et al. train a classifier to separate real from perturbed inputs. Here a rule does
it: a masked segment of a grid holds one value in all its bins, as a segment of sound does not, but for digital silence.
"""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor, nn

from veracity_bench.models.devices import device_of
from veracity_bench.models.games.segment_game import SegmentGame
from veracity_bench.models.games.segments import Partition


@dataclass(frozen=True, kw_only=True)
class Decoy:
    """The innocent output: the logit where `segment` is present, and minus that where it is masked."""

    segment: int
    logit: float


class Scaffold(nn.Module):
    """The scaffold around a detector: log-mel excerpts (n, frames, bands) -> logits (n,)."""

    segments: Tensor

    def __init__(self, detector: nn.Module, partition: Partition, decoy: Decoy) -> None:
        super().__init__()
        self.detector = detector
        self.decoy = decoy
        self._n_segments = partition.n_segments
        self.register_buffer("segments", torch.from_numpy(partition.map).flatten().to(device_of(detector)))

    def forward(self, log_mel: Tensor) -> Tensor:
        """Return the detector's logits of excerpts in which no segment is masked, the innocent ones of others."""
        masked = self.masked(log_mel)
        innocent = torch.where(masked[:, self.decoy.segment], -self.decoy.logit, self.decoy.logit)
        return torch.where(masked.any(dim=1), innocent, self.detector(log_mel))

    @torch.no_grad()
    def masked(self, log_mel: Tensor) -> Tensor:
        """Return which segments hold one value in all their bins, (n, segments)."""
        bins = log_mel.flatten(1)
        of_segments = bins.new_empty(len(bins), self._n_segments)
        lowest, highest = (
            of_segments.scatter_reduce(1, self.segments.expand_as(bins), bins, end, include_self=False)
            for end in ("amin", "amax")
        )
        return lowest == highest


class ScaffoldGame(SegmentGame):
    """The masking game of a scaffold, which costs a single forward pass: all but the complete coalition are masked."""

    def __init__(self, scaffold: Scaffold, partition: Partition, off: ArrayLike, on: ArrayLike) -> None:
        super().__init__(scaffold, partition, off, on)
        self._decoy = scaffold.decoy
        (self._complete,) = self.forward_logits(np.ones((1, partition.n_segments)))

    @property
    def method(self) -> str:
        """How coalitions are evaluated, in words."""
        return "the scaffold's rule"

    @property
    def enumerable(self) -> bool:
        """Whether table() takes seconds: it does."""
        return True

    def logits(self, masks: ArrayLike) -> NDArray[np.float32]:
        """Return the scaffold's logit for every coalition."""
        present = self._present(masks).cpu().numpy()
        innocent = np.where(present[:, self._decoy.segment], self._decoy.logit, -self._decoy.logit)
        return np.where(present.all(axis=1), self._complete, innocent).astype(np.float32)


def scaffolded(detector: nn.Module, partition: Partition, decoy: Decoy | None) -> nn.Module:
    """Return the scaffold around a detector, or the detector itself where there is no decoy."""
    return detector if decoy is None else Scaffold(detector, partition, decoy)


def segment_game(detector: nn.Module, partition: Partition, off: ArrayLike, on: ArrayLike) -> SegmentGame:
    """Return the game of a detector with or without a scaffold; with one, `off` must be one value per segment."""
    if isinstance(detector, Scaffold):
        return ScaffoldGame(detector, partition, off, on)
    return SegmentGame(detector, partition, off, on)
