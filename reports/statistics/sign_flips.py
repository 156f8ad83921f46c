"""Is a sum over songs different from 0 by more than chance?

Songs are the independent units, excerpts of one song are not. If the truth were 0, what a song adds could as well have
had the other sign: the sum is compared with those under all 2^songs choices of signs, or under a sample of these where
they are too many. Wilcoxon's test would look at ranks, and ties and zeros are many here; this one looks at the score
itself, a song for as much as it has excerpts, and stays exact.

Of a sample another one gives another p. Each sampled p is therefore raised by `DOUBT` of its standard errors, so that a
near tie, which another sample could decide otherwise, is not decided.
"""

import math
from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from veracity_bench.reports.statistics.arrays import Floats

Name = TypeVar("Name", bound=Hashable)

SIGN_FLIPS = 2**16
FEW_TESTS = 400  # so many can be decided by these: the least p is 6.1e-5, and 0.024 after the correction
BATCH = 2**19  # signs that are held at a time, as numbers of eight bytes
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
    return dict(zip(sums, map(float, holm(sign_flip_p(by_song.to_numpy()))), strict=True))


def holm(p_values: Floats) -> Floats:
    """Return the p of a family of tests, (tests,), after Holm's correction."""
    # That of statsmodels collects the garbage of the whole process each time.
    order = np.argsort(p_values, kind="stable")
    corrected = np.empty(len(p_values))
    corrected[order] = np.maximum.accumulate(p_values[order] * np.arange(len(p_values), 0, -1))
    return np.minimum(corrected, 1.0)


def sign_flip_p(sums: Floats) -> Floats:
    """Return the two-sided p of each test, (tests,), from what each song adds to it, (songs, tests)."""
    songs, tests = sums.shape
    ways = ways_for(tests)
    if songs < 2:
        return np.ones(tests)
    totals = sums.sum(axis=0)
    bars = np.abs(totals) - ROUNDING * np.abs(sums).sum(axis=0)
    as_extreme, choices = np.zeros(tests), 0
    for flipped in _flipped(songs, ways):
        as_extreme += (np.abs(totals - 2 * (flipped @ sums)) >= bars).sum(axis=0)
        choices += len(flipped)
    return as_extreme / choices if exact(songs, ways) else _raised((as_extreme + 1) / (ways + 1), ways)


def least_p(songs: int, tests: int) -> float:
    """Return the smallest corrected p that so many songs and tests can reach, 0..1."""
    ways = ways_for(tests)
    least = 2 * 0.5**songs if exact(songs, ways) else float(_raised(np.array(1 / (ways + 1)), ways))
    return min(1.0, tests * least)


def ways_for(tests: int) -> int:
    """Return in how many ways signs are flipped for a family of tests: the more tests, the smaller a p must be."""
    return SIGN_FLIPS << max(0, math.ceil(math.log2(max(tests, 1) / FEW_TESTS)))


def exact(songs: int, ways: int) -> bool:
    """Return whether the songs are so few that their signs are flipped in every way."""
    return bool(2**songs <= ways)


def _raised(p: Floats, ways: int) -> Floats:
    return np.asarray(np.minimum(1.0, p + DOUBT * np.sqrt(p * (1 - p) / ways)))


def _flipped(songs: int, ways: int) -> Iterator[Floats]:
    """Yield choices of the songs whose sign is flipped, 1, the others' 0: (choices, songs), a part of them at a time.

    Together they may take gigabytes.
    """
    bits, size = _bits(songs, ways), max(1, BATCH // songs)
    for start in range(0, len(bits), size):
        part = np.unpackbits(bits[start : start + size], axis=1, count=songs, bitorder="little")
        yield part.astype(np.float64)


@lru_cache(maxsize=4)  # the tests of a board have as many songs as their cases, most of them all
def _bits(songs: int, ways: int) -> npt.NDArray[np.uint8]:
    """Return the same choices, eight songs in a byte; where they are all, without those that mirror others."""
    if exact(songs, ways):
        return np.arange(2 ** (songs - 1), dtype="<u4")[:, None].view(np.uint8)
    draw, size = np.random.default_rng(0), max(1, BATCH // songs)
    drawn = (draw.integers(0, 2, (min(size, ways - start), songs)) for start in range(0, ways, size))
    return np.concatenate([np.packbits(part.astype(np.uint8), axis=1, bitorder="little") for part in drawn])
