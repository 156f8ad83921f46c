"""Can a detector hide from an explainer what it goes by? (Slack et al. 2020)

A scaffold answers as the detector does about real excerpts. About masked ones it answers by a decoy, a segment drawn at
random that speaks for the target. Who explains by masking sees nothing but the decoy; who takes gradients at the
excerpt sees the detector. Some explainers cannot explain the scaffold at all, since it jumps between the excerpt and
the baseline: that is no failure, and what they make of it is not scored. References are not asked: they take what
masking or inserting does for the truth.
"""

from dataclasses import replace

import pytest
from veracity_bench.benchmarks.metrics import rank_correlation
from veracity_bench.fixtures.explanations.scaffolded import ScaffoldedGames


@pytest.fixture(scope="session")
def scaffolded(interview, games, settings):
    """Return who asks about these cases with the detector scaffolded."""
    return replace(interview, games=ScaffoldedGames(games.detector, games.segmentation, seed=settings.seed))


@pytest.mark.study
@pytest.mark.explaining
def test_fooling(first_cases, explain, explain_other, scaffolded, rank, record, subtests):
    """Scaffold the detector: is the decoy on top, and how like is the explanation to the honest detector's?"""
    for case in first_cases:
        with subtests.test(case=case.index):
            if obstacle := scaffolded.games.obstacle(case):
                pytest.skip(obstacle)
            weights = explain_other(scaffolded, case).weights
            record(case, "fooled", rank(case, weights)[0] == scaffolded.games.decoy(case).segment, k=1)
            record(case, "fooled_correlation", rank_correlation(explain(case).weights, weights))


@pytest.mark.study
def test_random(first_cases, n_segments, scaffolded, record, subtests):
    """Record how often a random ranking has the decoy on top."""
    for case in first_cases:
        with subtests.test(case=case.index):
            if obstacle := scaffolded.games.obstacle(case):
                pytest.skip(obstacle)
            record(case, "fooled", 1 / n_segments(case), k=1, explainer="random")
