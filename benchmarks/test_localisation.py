"""Experiment 3: does an explainer find a perturbation that sits in k segments only? (section 5.3, figure 3)"""

from benchmarks.metrics import PLANTED, found


def test_localisation(explain, cases, plant, rank, record, subtests):
    """Keep the k segments of largest perturbation; where they still flip, count those among the explainer's top k."""
    for case in cases:
        with subtests.test(case=case.index):
            for k in PLANTED:
                if planted := plant(case, k):
                    ranking = rank(case, explain(case, planted).weights)
                    record(case, "found", found(planted, ranking), k=k)
