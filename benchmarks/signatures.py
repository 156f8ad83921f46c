"""The signatures of what the fixtures of the experiments return."""

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from veracity_bench.fixtures.cases.case import Case, CaseSet
from veracity_bench.fixtures.explanations.explanations import Explanations
from veracity_bench.fixtures.explanations.games import Planted
from veracity_bench.fixtures.explanations.request import Explanation
from veracity_bench.fixtures.signatures import Explain
from veracity_bench.models.games.solutions.search import Search

Weights = NDArray[np.float64]  # (n,), one per segment
Ranking = NDArray[np.int64]  # (n,), segment indices, the first rank first
Flips = NDArray[np.bool_]

OfCase = Callable[[Case], NDArray[np.float64]]
CheckCase = Callable[[Case], None]
CountSegments = Callable[[Case], int]
RankCase = Callable[[Case], Ranking]
RankWeights = Callable[[Case, Weights], Ranking]
FlipsOfCase = Callable[[Case], Flips]
FlipsOfRanking = Callable[[Case, Ranking], Flips]
FlipsOfWeights = Callable[[Case, Weights], Flips]
Plant = Callable[[Case, int], Planted]
SegmentsOfCase = Callable[[Case], tuple[int, ...]]
ExplainOther = Callable[[Explanations, Case], Explanation]
SearchCase = Callable[[Case], tuple[Search, float]]  # and the seconds that it took
ConfinedCaseSet = Callable[[int], CaseSet]
RecordFound = Callable[[Case, Explain, str], None]


class RecordSlots(Protocol):
    """Records how many slots of a case set are filled."""

    def __call__(self, case_set: CaseSet, prefix: str = "", k: int = 0) -> None:
        """Record the counts under metrics that begin with `prefix`; fails for each case that does not flip."""
