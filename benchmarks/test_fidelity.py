"""Experiment 4: is fidelity a sign of a right explanation? (section 5.4, figure 4)"""

import pytest

from veracity_bench.benchmarks.metrics import fidelity
from veracity_bench.benchmarks.signatures import Plant
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.explanations.explanations import Explanations
from veracity_bench.fixtures.signatures import Explain, Record


def test_fidelity(
    explain: Explain,
    cases: list[Case],
    explanations: Explanations,
    plant: Plant,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Fit the weights to the output around the adversarial excerpt, and around one with a single planted segment."""
    for case in cases:
        with subtests.test(case=case.index):
            for k, planted in ((0, None), (1, plant(case, 1))):
                if k == 0 or planted:
                    weights = explain(case, planted).weights
                    record(case, "fidelity", fidelity(explanations.moments(case, planted), weights), k=k)
