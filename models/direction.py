"""The direction of a change of mind: from the class that a detector predicts to the other one.

A detector's logit speaks for "sing". It predicts "sing" strictly above its threshold, "nosing" otherwise.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

CLASSES = ("nosing", "sing")


@dataclass(frozen=True)
class Direction:
    """From the class `origin` to the class `target`, both in CLASSES."""

    origin: str
    target: str

    @property
    def name(self) -> str:
        """Return what records call it, as in "nosing_to_sing"."""
        return f"{self.origin}_to_{self.target}"

    @property
    def label(self) -> int:
        """Return the target as the label of a frame: 1 (sing) or 0."""
        return CLASSES.index(self.target)

    @property
    def sign(self) -> int:
        """Return how the logit moves towards the target: up (1) or down (-1)."""
        return 1 if self.label else -1

    def flips(self, logits: ArrayLike, threshold: float) -> NDArray[np.bool_]:
        """Return which logits lie on the target's side of `threshold`, a logit."""
        return np.asarray((np.asarray(logits) > threshold) == bool(self.label))


TO_SING = Direction("nosing", "sing")
TO_NOSING = Direction("sing", "nosing")
DIRECTIONS = {direction.name: direction for direction in (TO_SING, TO_NOSING)}
