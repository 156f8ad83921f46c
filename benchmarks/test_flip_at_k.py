"""Experiment 2: do the top segments carry the perturbation that flips the detector? (section 5.2, figure 2)"""

import pytest

from veracity_bench.benchmarks.signatures import FlipsOfWeights
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.signatures import Explain, Record


def test_flip_at_k(
    explain: Explain,
    cases: list[Case],
    possible_curve: FlipsOfWeights,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Insert the perturbation in the k highest-ranked segments only, for every k: does the prediction flip?"""
    for case in cases:
        with subtests.test(case=case.index):
            explanation = explain(case)
            record(case, "queries", explanation.queries)
            record(case, "seconds", explanation.seconds)
            if explanation.training_seconds is not None:
                record(case, "training_seconds", explanation.training_seconds)
            curve = possible_curve(case, explanation.weights)
            for segment, weight in enumerate(explanation.weights):
                record(case, "weight", weight, k=segment)
            for k, flipped in enumerate(curve, 1):
                record(case, "flip", flipped, k=k)
