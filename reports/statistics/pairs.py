"""Which explainers differ from each other? All pairs of them on the same cases, as one family of sign-flip tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

import numpy as np
import pandas as pd

from veracity_bench.reports.statistics.sign_flips import ALPHA, corrected_p, least_p


@dataclass(frozen=True, eq=False)
class Pairs:
    """All pairs of the columns of a table of flips (`veracity_bench.reports.scores.complete_cases`).

    ``twins`` are columns that do not count, for each is another column again: each by the name of that.
    """

    flips: pd.DataFrame
    twins: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def songs(self) -> int:
        """Count the independent units."""
        return int(self.flips.index.get_level_values("song").nunique())

    @cached_property
    def count(self) -> int:
        """Count the pairs that are tested."""
        return len(self._pairs)

    @cached_property
    def least_p(self) -> float:
        """Return the smallest corrected p that so many songs and pairs can reach, 0..1."""
        return least_p(self.songs, self.count)

    @cached_property
    def p_values(self) -> dict[tuple[str, str], float]:
        """Return the corrected p of every pair that is tested, in the order of the columns."""
        totals = self.flips.groupby(level="song").sum()
        return corrected_p({(one, other): totals[one] - totals[other] for one, other in self._pairs})

    def sign(self, one: str, other: str) -> int:
        """Return 1 if the one flips more than the other, -1 if less, 0 if they do not differ significantly."""
        one, other = self._twins.get(one, one), self._twins.get(other, other)
        if one == other:
            return 0
        p = self.p_values[(one, other) if (one, other) in self.p_values else (other, one)]
        return int(np.sign(self._means[one] - self._means[other])) if p <= ALPHA else 0

    @cached_property
    def _twins(self) -> dict[str, str]:
        return {name: original for name, original in self.twins.items() if {name, original} <= set(self.flips)}

    @cached_property
    def _means(self) -> dict[str, float]:
        return {str(name): float(mean) for name, mean in self.flips.mean().items()}

    @cached_property
    def _pairs(self) -> list[tuple[str, str]]:
        return list(combinations((str(name) for name in self.flips if name not in self._twins), 2))
