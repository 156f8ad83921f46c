"""Is a sum over songs different from 0 by more than chance?

Songs are the independent units, excerpts of one song are not. If the truth were 0, what a song adds could as well have
had the other sign: the sum is compared with those under all 2^songs choices of signs, or under a sample of these where
they are too many. Wilcoxon's test would look at ranks, and ties and zeros are many here; this one looks at the score
itself, a song for as much as it has excerpts, and stays exact.

Of a sample another one gives another p. Each sampled p is therefore raised by `DOUBT` of its standard errors, so that a
near tie, which another sample could decide otherwise, is not decided.
"""

from collections.abc import Hashable, Mapping
from functools import cache
from typing import TypeVar

import numpy as np
import pandas as pd
from statsmodels.stats.multitest import multipletests

from veracity_bench.reports.statistics.arrays import Floats

Name = TypeVar("Name", bound=Hashable)

SIGN_FLIPS = 2**16
ALPHA = 0.05
DOUBT = 3
ROUNDING = 1e-9  # of the sum of all sizes: sums that differ by less are equal


def decide(sums: Mapping[Name, "pd.Series[float]"]) -> dict[Name, int]:
    """Return the sign of each total if it is significant, else 0, of a family of tests: sums by song, by any name.

    Holm's correction bounds the probability of a single false decision in the family.
    """
    corrected = corrected_p(sums)
    return {name: int(np.sign(sums[name].sum())) if p <= ALPHA else 0 for name, p in corrected.items()}


def corrected_p(sums: Mapping[Name, "pd.Series[float]"]) -> dict[Name, float]:
    """Return the two-sided p of each of a family of tests, after Holm's correction; a song that one lacks adds 0."""
    if not sums:
        return {}
    by_song = pd.concat(list(sums.values()), axis=1, keys=range(len(sums))).sort_index().fillna(0.0)
    p_values = [sign_flip_p(by_song[column].to_numpy()) for column in by_song]
    return dict(zip(sums, map(float, multipletests(p_values, ALPHA, method="holm")[1]), strict=True))


def sign_flip_p(sums: Floats) -> float:
    """Return the two-sided p of one test, from what each song adds, (songs,)."""
    if len(sums) < 2:
        return 1.0
    flipped = np.abs(_signs(len(sums)) @ sums)
    as_extreme = float((flipped >= abs(sums.sum()) - ROUNDING * np.abs(sums).sum()).sum())
    return as_extreme / len(flipped) if exact(len(sums)) else _raised((as_extreme + 1) / (SIGN_FLIPS + 1))


def least_p(songs: int, tests: int) -> float:
    """Return the smallest corrected p that so many songs and tests can reach, 0..1."""
    least = 2 * 0.5**songs if exact(songs) else _raised(1 / (SIGN_FLIPS + 1))
    return min(1.0, tests * least)


def exact(songs: int) -> bool:
    """Return whether the songs are so few that their signs are flipped in every way."""
    return bool(2**songs <= SIGN_FLIPS)


def _raised(p: float) -> float:
    return float(min(1.0, p + DOUBT * np.sqrt(p * (1 - p) / SIGN_FLIPS)))


@cache
def _signs(songs: int) -> Floats:
    """Return choices of signs, (choices, songs); where they are all, without those that mirror others."""
    if exact(songs):
        bits = (np.arange(2 ** (songs - 1))[:, None] >> np.arange(songs)) & 1
    else:
        bits = np.random.default_rng(0).integers(0, 2, (SIGN_FLIPS, songs))
    return np.asarray(1.0 - 2.0 * bits)
