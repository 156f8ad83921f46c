"""Experiment 4: is fidelity a sign of a right explanation? (section 5.4, figure 4)"""

from veracity_bench.benchmarks.metrics import fidelity


def test_fidelity(explain, cases, interview, plant, record, subtests):
    """Fit the weights to the output around the adversarial excerpt, and around one with a single planted segment."""
    for case in cases:
        with subtests.test(case=case.index):
            for k, planted in ((0, None), (1, plant(case, 1))):
                if k == 0 or planted:
                    weights = explain(case, planted).weights
                    record(case, "fidelity", fidelity(interview.moments(case, planted), weights), k=k)
