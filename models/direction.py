"""The direction of a change of mind: from the class that a classifier predicts to another one.

With two classes, the logit speaks for the second of them: the classifier predicts it strictly above its threshold, the
first otherwise.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

CLASSES = ("nosing", "sing")  # those of the singing voice detector


@dataclass(frozen=True)
class Direction:
    """From the class `origin` to the class `target`.

    `sign` is how the logit moves towards the target: up (1), or down (-1) as it does by default from "sing" to "nosing"
    alone. `group` names directions that are measured together, such as those from the class predicted to the runner-up;
    by default each is measured by itself.
    """

    origin: str
    target: str
    sign: int = 0
    group: str = ""

    def __post_init__(self) -> None:
        if not self.sign:
            object.__setattr__(self, "sign", -1 if (self.origin, self.target) == CLASSES[::-1] else 1)

    @property
    def name(self) -> str:
        """Return what records call it, as in "nosing_to_sing"."""
        return self.group or f"{self.origin}_to_{self.target}"

    @property
    def label(self) -> int:
        """Return what a logit on the target's side stands for: 1, or 0 where it lies below the threshold."""
        return int(self.sign > 0)

    def flips(self, logits: ArrayLike, threshold: float) -> NDArray[np.bool_]:
        """Return which logits lie on the target's side of `threshold`, a logit."""
        return np.asarray((np.asarray(logits) > threshold) == bool(self.label))


def both_ways(low: str, high: str) -> tuple[Direction, Direction]:
    """Return the two directions between what a low logit and what a high logit stands for, upwards first."""
    return Direction(low, high, 1), Direction(high, low, -1)


TO_SING, TO_NOSING = both_ways(*CLASSES)
DIRECTIONS = {direction.name: direction for direction in (TO_SING, TO_NOSING)}
