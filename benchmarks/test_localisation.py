"""Experiment 3: does an explainer find a perturbation that sits in k segments only? (section 5.3, figure 3)"""

import pytest

from benchmarks.metrics import PLANTED, found


def test_localisation(explain, cases, plant, rank, record, subtests):
    """Keep the k segments of largest perturbation; where they still flip, count those among the explainer's top k."""
    for case in cases:
        with subtests.test(case=case.index):
            for k in PLANTED:
                if planted := plant(case, k):
                    ranking = rank(case, explain(case, planted).weights)
                    record(case, "found", found(planted, ranking), k=k)


@pytest.mark.usefixtures("exact")
def test_localisation_by_the_oracle(explain, cases, smallest, rank, record, subtests):
    """Keep the smallest set of segments that flips, and count those of its k that are among the explainer's top k."""
    for case in cases:
        with subtests.test(case=case.index):
            planted = smallest(case)
            ranking = rank(case, explain(case, planted).weights)
            record(case, "oracle_found", found(planted, ranking), k=len(planted))
