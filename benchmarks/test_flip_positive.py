"""Experiment 2, second part: do all segments that speak for the target flip the detector together? (table 2)"""

import numpy as np


def test_flip_positive(explain, cases, flip_curve, norm_flips, record, subtests):
    """Insert the perturbation in all positively weighted segments, and in as many of the largest perturbation."""
    for case in cases:
        with subtests.test(case=case.index):
            weights = explain(case).weights
            positive = int(np.sum(weights > 0))
            for metric, flips in (
                ("flip_positive", flip_curve(case, weights)),
                ("flip_positive_norm", norm_flips(case)),
            ):
                record(case, metric, positive > 0 and flips[positive - 1], k=positive)
