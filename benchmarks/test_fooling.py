"""Can a detector hide from an explainer what it goes by? (Slack et al. 2020)

A scaffold predicts as the detector does on real excerpts. On masked ones it goes by a decoy, a segment drawn at random
that speaks for the target. An explainer that masks sees nothing but the decoy; one that takes gradients at the excerpt
sees the detector. Some explainers cannot explain the scaffold at all, since it jumps between the excerpt and the
baseline: that is no failure, and what they make of it is not scored. References are not measured: they take what
masking or inserting does for the truth.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from veracity_bench.benchmarks.metrics import rank_correlation
from veracity_bench.benchmarks.signatures import CountSegments, ExplainOther, RankWeights
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.explanations.explanations import Explanations
from veracity_bench.fixtures.explanations.games import Games
from veracity_bench.fixtures.explanations.request import Explanation
from veracity_bench.fixtures.explanations.scaffolded import ScaffoldedGames
from veracity_bench.fixtures.run.settings import Settings
from veracity_bench.fixtures.signatures import Explain, Record


@pytest.fixture(scope="session")
def scaffolded_games(games: Games, settings: Settings) -> ScaffoldedGames:
    """Return the games of these cases with the detector scaffolded."""
    return ScaffoldedGames(games.detector, games.segmentation, seed=settings.seed)


@pytest.fixture(scope="session")
def scaffolded(explanations: Explanations, scaffolded_games: ScaffoldedGames) -> Explanations:
    """Return the explanations of these cases with the detector scaffolded."""
    return replace(explanations, games=scaffolded_games)


@pytest.fixture
def explain_scaffolded(explain_other: ExplainOther, scaffolded: Explanations) -> Callable[[Case], Explanation]:
    """Return case -> the explanation of the scaffold by the item's explainer."""
    return lambda case: explain_other(scaffolded, case)


@pytest.mark.study
@pytest.mark.explaining
def test_fooling(
    study_cases: list[Case],
    explain: Explain,
    explain_scaffolded: Callable[[Case], Explanation],
    scaffolded_games: ScaffoldedGames,
    rank: RankWeights,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Scaffold the detector: is the decoy on top, and how like is the explanation to the honest detector's?"""
    for case in study_cases:
        with subtests.test(case=case.index):
            if obstacle := scaffolded_games.obstacle(case):
                pytest.skip(obstacle)
            weights = explain_scaffolded(case).weights
            record(case, "fooled", rank(case, weights)[0] == scaffolded_games.decoy(case).segment, k=1)
            record(case, "fooled_correlation", rank_correlation(explain(case).weights, weights))


@pytest.mark.study
def test_random(
    study_cases: list[Case],
    n_segments: CountSegments,
    scaffolded_games: ScaffoldedGames,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Record how often a random ranking has the decoy on top."""
    for case in study_cases:
        with subtests.test(case=case.index):
            if obstacle := scaffolded_games.obstacle(case):
                pytest.skip(obstacle)
            record(case, "fooled", 1 / n_segments(case), k=1, explainer="random")
