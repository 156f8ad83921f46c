"""One excerpt to explain, and the plain way to evaluate coalitions of its segments: a forward pass for each."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit
from torch import nn

from veracity_bench.models.games.segment_game import SegmentGame
from veracity_bench.models.games.segments import Grid


@dataclass(frozen=True, eq=False)
class Task:
    """The input of every way to explain.

    excerpt   log-mel (frames, bands)
    baseline  what every bin holds when its segment is absent, one value, as LIME's hide_color is
    samples   how many coalitions a sampling method may evaluate
    batch     how many excerpts go through the detector at a time
    """

    detector: nn.Module
    excerpt: NDArray[np.float32]
    baseline: float
    grid: Grid
    samples: int
    batch: int

    @property
    def off(self) -> NDArray[np.float32]:
        """Return the excerpt without any of its segments."""
        return np.full_like(self.excerpt, self.baseline)

    def game(self) -> SegmentGame:
        """Set up this project's evaluation of coalitions."""
        return SegmentGame(self.detector, self.grid, self.off, self.excerpt)

    def logits(self, masks: ArrayLike) -> NDArray[np.float32]:
        """Return the logits (n,) of coalitions (n, segments) of 0 and 1, by forward passes."""
        return np.concatenate([forward(self.detector, spectrograms) for spectrograms in self._batches(masks)])

    def probabilities(self, masks: ArrayLike) -> NDArray[np.float64]:
        """Return the probability of "sing" for every coalition, by forward passes."""
        return np.asarray(expit(self.logits(masks).astype(np.float64)))

    def _batches(self, masks: ArrayLike) -> Iterator[NDArray[np.float32]]:
        present = np.asarray(masks) == 1
        for start in range(0, len(present), self.batch):
            yield np.where(present[start : start + self.batch, self.grid.map], self.excerpt, self.off)


@torch.no_grad()
def forward(detector: nn.Module, spectrograms: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the logits (n,) of one batch of spectrograms (n, frames, bands)."""
    logits: NDArray[np.float32] = detector(torch.from_numpy(spectrograms)).numpy()
    return logits
