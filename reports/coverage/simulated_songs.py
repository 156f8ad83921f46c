"""Songs whose true score is known, to measure how often an interval covers it.

The cases of a song resemble each other: their intra-class correlation is ``likeness``, 0 = not at all, 1 = all alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.special import ndtr, ndtri

from veracity_bench.reports.statistics.arrays import Floats

Generator = np.random.Generator
Shape = tuple[int, int]  # boards, songs


@dataclass(frozen=True, eq=False)
class SimulatedSongs:
    """Totals and counts of many boards, each (boards, songs), their true ratio, its range, and cases, (boards,)."""

    totals: Floats
    counts: Floats
    truth: float
    low: float
    high: float
    cases: Floats


def shares(
    rng: Generator, shape: Shape, share: float, likeness: float, cases: Sequence[int] = (1, 2, 3, 4)
) -> SimulatedSongs:
    """Draw flips: beta-binomial, each song with as many cases as one of ``cases``, all of these equally often."""
    counts = rng.choice(cases, shape)
    flips = rng.binomial(counts, _of_songs(rng, shape, share, likeness))
    return SimulatedSongs(flips.astype(float), counts.astype(float), share, 0, 1, counts.sum(axis=-1))


def differences(
    rng: Generator, shape: Shape, share: float, difference: float, agreement: float, likeness: float = 0.15
) -> SimulatedSongs:
    """Draw paired differences of two explainers' flips, of shares ``share + difference`` and ``share``.

    Both flip the same cases but for a part, 1 - ``agreement``, of all cases, where they flip independently.
    """
    counts = rng.integers(1, 5, shape)
    present = np.arange(4) < counts[..., None]
    song = np.sqrt(likeness) * rng.standard_normal((*shape, 1))
    one, other = np.sqrt(1 - likeness) * rng.standard_normal((2, *shape, 4))
    other = np.where(rng.random(one.shape) < agreement, one, other)
    flips = (song + one < ndtri(share + difference)).astype(float) - (song + other < ndtri(share))
    totals = (flips * present).sum(axis=-1)
    return SimulatedSongs(totals, counts.astype(float), difference, -1, 1, counts.sum(axis=-1))


def normalised_flips(rng: Generator, shape: Shape, share: float, likeness: float = 0.15) -> SimulatedSongs:
    """Draw flips above chance / the oracle's above chance; ``share`` of what the oracle flips is flipped.

    The oracle flips 9 of 10 cases, and chance differs from case to case, 0.375 on average; songs without room are left
    out by giving them next to none.
    """
    counts = rng.integers(1, 5, shape)
    oracle = (np.arange(4) < counts[..., None]) & (rng.random((*shape, 4)) < 0.9)
    chance = rng.beta(1.5, 2.5, oracle.shape)
    flipped = rng.random(oracle.shape) < _of_songs(rng, shape, share, likeness)[..., None]
    gains, rooms = (((won - chance) * oracle).sum(axis=-1) for won in (flipped, 1))
    truth = (share - 0.375) / (1 - 0.375)
    return SimulatedSongs(gains, np.maximum(rooms, 1e-9), truth, -1, 1, counts.sum(axis=-1))


def heavy_tailed_ratios(rng: Generator, shape: Shape, spread: float) -> SimulatedSongs:
    """Draw ratios whose counts are log-normal with this standard deviation of the logarithm; nothing bounds them."""
    counts = rng.integers(1, 5, shape)
    rooms = np.exp(spread * rng.standard_normal((*shape, 4))) * (np.arange(4) < counts[..., None])
    won = rng.random(rooms.shape) < ndtr(0.3 + 0.5 * rng.standard_normal(shape))[..., None]
    values = np.where(won, 1.0, -0.3) + 0.3 * rng.standard_normal(rooms.shape)
    truth = 1.3 * float(ndtr(0.3 / np.sqrt(1.25))) - 0.3
    return SimulatedSongs((values * rooms).sum(axis=-1), rooms.sum(axis=-1), truth, -inf, inf, counts.sum(axis=-1))


def continuous(rng: Generator, shape: Shape, mean: float, deviation: float) -> SimulatedSongs:
    """Draw values that vary continuously between 0 and 1, beta between songs and again, half as much, within them."""
    counts = rng.integers(1, 5, shape)
    song = _beta(rng, np.full(shape, mean), deviation)
    cases = _beta(rng, np.repeat(song[..., None], 4, axis=-1), deviation / 2)
    totals = (cases * (np.arange(4) < counts[..., None])).sum(axis=-1)
    return SimulatedSongs(totals, counts.astype(float), mean, 0, 1, counts.sum(axis=-1))


def _of_songs(rng: Generator, shape: Shape, share: float, likeness: float) -> Floats:
    if likeness == 0:
        return np.full(shape, share)
    return rng.beta(share * (1 / likeness - 1), (1 - share) * (1 / likeness - 1), shape)


def _beta(rng: Generator, means: Floats, deviation: float) -> Floats:
    """Draw around means with this standard deviation, a smaller one where the ends are near."""
    means = means.clip(1e-6, 1 - 1e-6)
    spread = np.minimum(deviation**2, means * (1 - means) / 2)
    precision = means * (1 - means) / spread - 1
    return rng.beta(means * precision, (1 - means) * precision)
