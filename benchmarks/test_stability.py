"""How far do LIME's explanations depend on its seed? The paper found 2^13 samples enough (section 4.4)."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from veracity_bench.benchmarks.metrics import common, distance, rank_correlation
from veracity_bench.benchmarks.signatures import RankWeights
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.explanations.explanations import Explanations
from veracity_bench.fixtures.signatures import Record

SAMPLES = tuple(2**power for power in range(7, 15))  # whatever --samples is: they are what is studied
SEEDS = 5
K = 3

pytestmark = [
    pytest.mark.study,
    pytest.mark.lime,
    pytest.mark.usefixtures("exact_values", "explainer"),  # by forward passes, this would take hours
]


def test_seeds(
    study_cases: list[Case],
    explanations: Explanations,
    rank: RankWeights,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Explain with five seeds and 2^7 .. 2^14 samples: how alike are the weights, and how near what LIME estimates?"""
    repetitions = [replace(explanations, seed=f"{explanations.seed}, repetition {i}") for i in range(SEEDS)]
    for case in study_cases:
        with subtests.test(case=case.index):
            exact = explanations.of("exact-lime", case).weights
            for samples in SAMPLES:
                weights = [each.of("lime", case, samples=samples).weights for each in repetitions]
                pairs = list(combinations(weights, 2))
                overlaps = [common(rank(case, one), rank(case, other), K) for one, other in pairs]
                correlations = [rank_correlation(*pair) for pair in pairs]
                record(case, "stability_overlap", np.mean(overlaps), k=K, samples=samples)
                record(case, "stability_correlation", np.mean(correlations), samples=samples)
                distances = [distance(each, exact) for each in weights]
                record(case, "stability_distance", np.mean(distances), samples=samples)
