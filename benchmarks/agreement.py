"""How far logits that were computed in different ways may lie apart: rounding grows with what is added up."""

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

TOLERANCE = 1e-4


def tolerance(logits: ArrayLike) -> float:
    """Return what rounding may do to logits (n,) of one game: 1e-4, or as much of the largest of them."""
    return TOLERANCE * max(1.0, float(np.abs(logits).max()))


def check_agreement(
    what: str, coalitions: NDArray[np.int64], logits: ArrayLike, others: ArrayLike, most: float
) -> None:
    """Fail where logits (n,) of coalitions differ by more than `most`, with the coalition where they differ most."""
    apart = np.abs(np.asarray(logits, dtype=np.float64) - np.asarray(others, dtype=np.float64))
    worst = int(np.argmax(apart))
    if apart[worst] > most:
        found = f"logits of coalition {coalitions[worst]:#x} of {what} differ by {apart[worst]:.2g}"
        pytest.fail(f"{found}, and rounding explains {most:.2g}: a bug", pytrace=False)
