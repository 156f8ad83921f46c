"""What the segments of an excerpt may be, as `--segments` names them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from veracity_bench.models.games.components import harmonic_percussive
from veracity_bench.models.games.segments import PAPER_GRID, Grid, Partition


@dataclass(frozen=True)
class Segmentation:
    """A way to cut an excerpt: a spectrogram (frames, bands) -> its partition, which `about` describes."""

    name: str
    about: str
    cut: Callable[[NDArray[np.float32]], Partition]

    def __str__(self) -> str:
        return f"{self.name}, {self.about}"


GRID = Segmentation("grid", "5 in time x 4 in frequency", lambda spectrogram: PAPER_GRID)
SEGMENTATIONS = {
    one.name: one
    for one in (
        GRID,
        # Mishra et al. 2017 (SLIME) cut excerpts in time, in frequency and in both.
        Segmentation("time", "10 in time", lambda spectrogram: Grid(time=10, frequency=1)),
        Segmentation("frequency", "8 in frequency", lambda spectrogram: Grid(time=1, frequency=8)),
        Segmentation("components", "harmonic and percussive x 5 in time", harmonic_percussive),
    )
}


def common_grid(segmentation: Segmentation, shape: tuple[int, ...]) -> Grid | None:
    """Return the grid that cuts all representations of a shape alike; None where each is cut by what it holds."""
    partition = segmentation.cut(np.zeros(shape, dtype=np.float32))
    return partition if isinstance(partition, Grid) else None
