"""How many model queries does a sampling explainer need, to name the right segments and to know what they are worth?"""

import pytest
from veracity_bench.benchmarks.metrics import correlation

BUDGETS = (32, 128, 512, 2048, 8192)
K = 3


@pytest.mark.sampling
@pytest.mark.usefixtures("exact")
def test_budget(explain, cases, interview, flip_curve, settings, record, subtests):
    """Ask with ever more queries: does the perturbation in the top 3 segments flip, how near are Shapley's values?"""
    for case in cases:
        with subtests.test(case=case.index):
            truth = interview.explanation("shapley-masking", case).weights
            for samples in (budget for budget in BUDGETS if budget <= settings.scale.samples):
                explanation = explain(case, samples=samples)
                record(case, "budget_flip", flip_curve(case, explanation.weights)[K - 1], k=K, samples=samples)
                record(case, "budget_correlation", correlation(explanation.weights, truth), samples=samples)
                record(case, "budget_queries", explanation.queries, samples=samples)
