"""How far logits that were computed in different ways may lie apart: rounding grows with what is added up."""

import copy

import numpy as np
import pytest
import torch
from numpy.typing import ArrayLike, NDArray
from torch import nn

from veracity_bench.models.devices import device_of
from veracity_bench.models.games.segment_game import SegmentGame

TOLERANCE = 1e-4


def tolerance(logits: ArrayLike) -> float:
    """Return what rounding may do to logits (n,) of one game: 1e-4, or as much of the largest of them."""
    return TOLERANCE * max(1.0, float(np.abs(logits).max()))


@torch.no_grad()
def forward_logits(game: SegmentGame, detector: nn.Module, coalitions: ArrayLike) -> NDArray[np.floating]:
    """Return the logits of coalitions (n, segments) of 0 and 1 by forward passes.

    Where there are tables to compare with, in double precision, which all layers that have tables can take: in single
    precision a sum over a constant excerpt may round fifty times as coarsely as the tables do.
    """
    if game.obstacle:
        return game.forward_logits(coalitions)
    excerpts = torch.from_numpy(game.spectrograms(coalitions)).to(device_of(detector)).double()
    logits: NDArray[np.float64] = copy.deepcopy(detector).double()(excerpts).cpu().numpy()
    return logits


def check_agreement(
    what: str, coalitions: NDArray[np.int64], logits: ArrayLike, others: ArrayLike, most: float
) -> None:
    """Fail where logits (n,) of coalitions differ by more than `most`, with the coalition where they differ most."""
    apart = np.abs(np.asarray(logits, dtype=np.float64) - np.asarray(others, dtype=np.float64))
    worst = int(np.argmax(apart))
    if apart[worst] > most:
        found = f"logits of coalition {coalitions[worst]:#x} of {what} differ by {apart[worst]:.2g}"
        pytest.fail(f"{found}, and rounding explains {most:.2g}: a bug", pytrace=False)
