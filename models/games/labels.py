"""Labels: segments of any shape, each element of a representation in one of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Labels:
    """A partition by an integer map of any shape, which holds each of 0 .. n_segments - 1 somewhere.

    Raises ValueError for a map with a gap, a negative label, or no integers.
    """

    map: NDArray[np.int64]

    def __post_init__(self) -> None:
        if not np.issubdtype(self.map.dtype, np.integer):
            raise ValueError(f"a map of {self.map.dtype} holds no labels; they are integers")
        found = np.unique(self.map)
        if not np.array_equal(found, np.arange(len(found))) or not len(found):
            raise ValueError("the labels of a map are 0 .. n - 1, none left out")

    @property
    def n_segments(self) -> int:
        """The number of segments."""
        return int(self.map.max()) + 1

    @property
    def shares(self) -> NDArray[np.float32]:
        """Return 1 where an element belongs to a segment, else 0, (n_segments, *shape)."""
        each = np.arange(self.n_segments).reshape(-1, *(1,) * self.map.ndim)
        return np.equal(self.map, each).astype(np.float32)

    def sums(self, values: NDArray[np.floating]) -> NDArray[np.float64]:
        """Sum values (..., *shape) over each segment, (..., n_segments)."""
        leading = values.shape[: values.ndim - self.map.ndim]
        rows = values.reshape(-1, self.map.size)
        of_rows = [np.bincount(self.map.ravel(), weights=row, minlength=self.n_segments) for row in rows]
        return np.reshape(of_rows, (*leading, self.n_segments))
