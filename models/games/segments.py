"""Segments: the interpretable features that an element of a representation belongs to, such as a time-frequency bin.

A representation is an array of any shape: (frames, bands), (samples,) or else. A partition shares out every element
among segments; the shares of an element sum to 1. A grid gives a bin to one segment whole:
segment index = n_frequency * time + frequency; frequency 0 is lowest. The paper's grid (section 4.4) cuts an excerpt of
115 frames x 80 bands into 5 x 4 segments of 23 frames x 20 bands.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Partition(Protocol):
    """The segments of a representation (*shape): how much of every element belongs to each."""

    @property
    def n_segments(self) -> int:
        """The number of segments."""
        ...

    @property
    def shares(self) -> NDArray[np.float32]:
        """Return how much of every element belongs to each segment, (n_segments, *shape), 0 .. 1."""
        ...

    @property
    def map(self) -> NDArray[np.int64]:
        """Return the segment that has most of each element, (*shape)."""
        ...

    def sums(self, values: NDArray[np.floating]) -> NDArray[np.float64]:
        """Sum values (..., *shape) over each segment by its shares, (..., n_segments)."""
        ...


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A partition of (frames, bands) into `time` x `frequency` rectangles, as equal as the sizes allow."""

    time: int = 5
    frequency: int = 4
    frames: int = 115
    bands: int = 80

    @property
    def n_segments(self) -> int:
        """The number of segments."""
        return self.time * self.frequency

    @property
    def map(self) -> NDArray[np.int64]:
        """Return the segment index of every bin, (frames, bands)."""
        return self.frequency * self.time_of_frame[:, None] + self.frequency_of_band[None, :]

    @property
    def time_of_frame(self) -> NDArray[np.int64]:
        """Return the place along time of every frame's segments, (frames,)."""
        return np.arange(self.frames) * self.time // self.frames

    @property
    def frequency_of_band(self) -> NDArray[np.int64]:
        """Return the place along frequency of every band's segments, (bands,)."""
        return np.arange(self.bands) * self.frequency // self.bands

    def sums(self, values: NDArray[np.floating]) -> NDArray[np.float64]:
        """Sum values (..., frames, bands) over each segment, (..., n_segments)."""
        one_hot = np.eye(self.n_segments)[self.map.ravel()]
        flat = values.reshape(*values.shape[:-2], -1).astype(np.float64)
        return flat @ one_hot

    @property
    def shares(self) -> NDArray[np.float32]:
        """Return 1 where a bin belongs to a segment, else 0, (n_segments, frames, bands)."""
        return np.equal(self.map, np.arange(self.n_segments)[:, None, None]).astype(np.float32)


PAPER_GRID = Grid()
