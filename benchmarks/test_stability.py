"""Does LIME say the same twice, and does it depend on what masked segments hold? (section 4.4)

The paper found 2^13 samples enough, and results for other contents than the mean alike.
"""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from veracity_bench.benchmarks.metrics import common, distance, rank_correlation
from veracity_bench.fixtures.explanations.games import CONTENTS

SAMPLES = tuple(2**power for power in range(7, 15))  # whatever --samples says: it is what is studied
SEEDS = 5
K = 3

pytestmark = [
    pytest.mark.study,
    pytest.mark.lime,
    pytest.mark.usefixtures("exact", "explainer"),  # by forward passes, what is asked here would take hours
]


def test_seeds(first_cases, interview, rank, record, subtests):
    """Ask with five seeds for 2^7 .. 2^14 samples: how like are the answers, and how near what LIME estimates?"""
    repetitions = [replace(interview, seed=f"{interview.seed}, repetition {i}") for i in range(SEEDS)]
    for case in first_cases:
        with subtests.test(case=case.index):
            exact = interview.explanation("exact-lime", case).weights
            for samples in SAMPLES:
                weights = [each.explanation("lime", case, samples=samples).weights for each in repetitions]
                pairs = list(combinations(weights, 2))
                overlaps = [common(rank(case, one), rank(case, other), K) for one, other in pairs]
                correlations = [rank_correlation(*pair) for pair in pairs]
                record(case, "stability_overlap", np.mean(overlaps), k=K, samples=samples)
                record(case, "stability_correlation", np.mean(correlations), samples=samples)
                distances = [distance(each, exact) for each in weights]
                record(case, "stability_distance", np.mean(distances), samples=samples)


def test_contents(first_cases, interview, flip_curve, record, subtests):
    """Let masked segments hold the excerpt's mean, zero or its minimum: do the top segments flip, are they others?"""
    interviews = {
        name: replace(interview, games=replace(interview.games, content=content)) for name, content in CONTENTS.items()
    }
    for case in first_cases:
        with subtests.test(case=case.index):
            weights = {name: each.explanation("lime", case).weights for name, each in interviews.items()}
            for name, of_content in weights.items():
                record(case, "content_correlation", rank_correlation(weights["mean"], of_content), variant=name)
                for k, flipped in enumerate(flip_curve(case, of_content), 1):
                    record(case, "content_flip", flipped, k=k, variant=name)
