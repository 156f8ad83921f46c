"""How many model queries does a sampling explainer need, to rank the right segments first and to weigh them right?"""

import pytest

from veracity_bench.benchmarks.metrics import correlation
from veracity_bench.benchmarks.signatures import FlipsOfWeights
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.explanations.explanations import Explanations
from veracity_bench.fixtures.run.settings import Settings
from veracity_bench.fixtures.signatures import Explain, Record

BUDGETS = (32, 128, 512, 2048, 8192)
K = 3


@pytest.mark.study
@pytest.mark.sampling
@pytest.mark.usefixtures("exact_values")
def test_budget(
    explain: Explain,
    study_cases: list[Case],
    explanations: Explanations,
    flip_curve: FlipsOfWeights,
    settings: Settings,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Allow ever more queries: does the perturbation in the top 3 segments flip, how near are Shapley's values?"""
    for case in study_cases:
        with subtests.test(case=case.index):
            truth = explanations.of("shapley-masking", case).weights
            for samples in (budget for budget in BUDGETS if budget <= settings.scale.samples):
                explanation = explain(case, samples=samples)
                record(case, "budget_flip", flip_curve(case, explanation.weights)[K - 1], k=K, samples=samples)
                record(case, "budget_correlation", correlation(explanation.weights, truth), samples=samples)
                record(case, "budget_queries", explanation.queries, samples=samples)
