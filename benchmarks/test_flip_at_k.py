"""Experiment 2: do the top segments carry the perturbation that flips the detector? (section 5.2, figure 2)"""


def test_flip_at_k(explain, cases, flip_curve, record, subtests):
    """Insert the perturbation in the k highest-ranked segments only, for every k: does the prediction flip?"""
    for case in cases:
        with subtests.test(case=case.index):
            explanation = explain(case)
            record(case, "queries", explanation.queries)
            record(case, "seconds", explanation.seconds)
            for k, flipped in enumerate(flip_curve(case, explanation.weights), 1):
                record(case, "flip", flipped, k=k)
