"""Which explainers differ? Paired tests of all pairs on the same cases, corrected for how many pairs there are.

Songs are the independent units, excerpts of one song are not. If two explainers were equally good, the difference of
their flips in a song could as well have had the other sign, so the test compares the sum of the differences with those
under all 2^songs choices of signs (a sample of these where they are more than `SIGN_FLIPS`). Wilcoxon's test would look
at ranks, and ties and zeros are many here; this one looks at the score itself, a song for as much as it has excerpts,
and stays exact. Holm's correction bounds the probability of a single false difference among all pairs.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.stats import permutation_test
from statsmodels.stats.multitest import multipletests

from veracity_bench.reports.statistics.arrays import Floats

SIGN_FLIPS = 2**16
ALPHA = 0.05


@dataclass(frozen=True, eq=False)
class Pairs:
    """All pairs of the columns of a table of flips (`veracity_bench.reports.scores.complete_cases`)."""

    flips: pd.DataFrame

    @cached_property
    def songs(self) -> int:
        """Count the independent units."""
        return int(self.flips.index.get_level_values("song").nunique())

    @cached_property
    def count(self) -> int:
        """Count the pairs."""
        return len(self._pairs)

    @cached_property
    def least_p(self) -> float:
        """Return the smallest corrected p that so many songs and pairs can reach, 0..1."""
        return min(1.0, 2 * self.count / min(2.0**self.songs, SIGN_FLIPS + 1))

    @cached_property
    def p_values(self) -> dict[tuple[str, str], float]:
        """Return the corrected p of every pair, in the order of the columns."""
        if self.count == 0:
            return {}
        corrected = multipletests(_sign_flip_test(self._differences()), ALPHA, method="holm")[1]
        return dict(zip(self._pairs, map(float, corrected), strict=True))

    def sign(self, one: str, other: str) -> int:
        """Return 1 if the one flips more than the other, -1 if less, 0 if they do not differ significantly."""
        p = self.p_values[(one, other) if (one, other) in self.p_values else (other, one)]
        return int(np.sign(self._means[one] - self._means[other])) if p <= ALPHA else 0

    @cached_property
    def _means(self) -> dict[str, float]:
        return {str(name): float(mean) for name, mean in self.flips.mean().items()}

    @cached_property
    def _pairs(self) -> list[tuple[str, str]]:
        return list(combinations(map(str, self.flips), 2))

    def _differences(self) -> Floats:
        """Sum the differences of each pair over the cases of each song, (pairs, songs)."""
        totals = self.flips.groupby(level="song").sum().to_numpy().T
        one, other = np.transpose([(i, j) for i, j in combinations(range(len(totals)), 2)])
        return np.asarray(totals[one] - totals[other])


def _sign_flip_test(differences: Floats) -> Floats:
    """Return a two-sided p for each row of (pairs, songs)."""
    songs = differences.shape[1]
    if songs < 2:
        return np.ones(len(differences))
    result = permutation_test(
        (np.ones(songs),),  # its signs are flipped, for all pairs at once
        lambda signs, axis: signs @ differences.T,
        permutation_type="samples",
        vectorized=True,
        n_resamples=SIGN_FLIPS,
        rng=np.random.default_rng(0),
    )
    return np.asarray(result.pvalue)
