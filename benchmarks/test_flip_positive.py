"""Experiment 2, second part: do all segments that speak for the target flip the detector together? (table 2)"""

import numpy as np
import pytest

from veracity_bench.benchmarks.signatures import FlipsOfCase, FlipsOfWeights
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.signatures import Explain, Record


def test_flip_positive(
    explain: Explain,
    cases: list[Case],
    flip_curve: FlipsOfWeights,
    norm_curve: FlipsOfCase,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Insert the perturbation in all positively weighted segments, and in as many of the largest perturbation."""
    for case in cases:
        with subtests.test(case=case.index):
            weights = explain(case).weights
            positive = int(np.sum(weights > 0))
            for metric, flips in (
                ("flip_positive", flip_curve(case, weights)),
                ("flip_positive_norm", norm_curve(case)),
            ):
                record(case, metric, positive > 0 and flips[positive - 1], k=positive)
