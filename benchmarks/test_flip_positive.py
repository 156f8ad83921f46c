"""Experiment 2, second part: do all segments that speak for the target flip the detector together? (table 2)"""

import numpy as np

from fixtures.references import delta_norm


def test_flip_positive(explain, cases, flip_curve, record, subtests):
    """Insert the perturbation in all positively weighted segments, and in as many of the largest perturbation."""
    for case in cases:
        with subtests.test(case=case.index):
            weights = explain(case).weights
            positive = int(np.sum(weights > 0))
            norm = delta_norm(case, np.random.default_rng(0))
            for metric, ranked_by in (("flip_positive", weights), ("flip_positive_norm", norm)):
                record(case, metric, positive > 0 and flip_curve(case, ranked_by)[positive - 1], k=positive)
