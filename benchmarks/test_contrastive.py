"""The contrastive question: what changed the decision? The original excerpt is the baseline.

With a baseline value, an explainer is asked why the detector predicts the target rather than what it predicts for the
baseline, while flips measure what made the difference to the original. Here both are one question. The original shows
what was changed, so that exact methods cannot but answer it; it separates explainers that follow a reference from
those that cannot. By forward passes it would double the time of a run: it takes tables of coalitions.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from veracity_bench.benchmarks.metrics import correlation, scaled_distance
from veracity_bench.benchmarks.signatures import FlipsOfWeights, RecordFound
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.explanations.contrastive import ContrastiveGames
from veracity_bench.fixtures.explanations.explanations import Explanations
from veracity_bench.fixtures.explanations.games import Games
from veracity_bench.fixtures.signatures import Explain, Record

pytestmark = pytest.mark.usefixtures("exact_values")


@pytest.fixture(scope="session")
def contrastive(explanations: Explanations, games: Games) -> Explanations:
    """Return the explanations of these cases with their originals as baselines, from random numbers of their own."""
    against_original = ContrastiveGames(games.detector, games.segmentation, shared=games)
    return replace(explanations, games=against_original, seed=f"{explanations.seed}, contrastive")


@pytest.fixture
def explain_contrast(explain_by: Callable[[Explanations], Explain], contrastive: Explanations) -> Explain:
    """Return (case, planted=None) -> the explanation of what changed since the original, by the item's explainer."""
    return explain_by(contrastive)


def test_contrastive(
    explain_contrast: Explain,
    cases: list[Case],
    possible_curve: FlipsOfWeights,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Insert the perturbation in the k highest-ranked segments only, for every k: does the prediction flip?"""
    for case in cases:
        with subtests.test(case=case.index):
            for k, flipped in enumerate(possible_curve(case, explain_contrast(case).weights), 1):
                record(case, "contrastive_flip", flipped, k=k)


def test_contrastive_weights(
    explain_contrast: Explain, cases: list[Case], contrastive: Explanations, record: Record, subtests: pytest.Subtests
) -> None:
    """Compare the weights with the exact Shapley values of inserting the perturbation."""
    for case in cases:
        with subtests.test(case=case.index):
            weights = explain_contrast(case).weights
            truth = contrastive.of("shapley-insertion", case).weights
            record(case, "contrastive_distance", scaled_distance(weights, truth))
            record(case, "contrastive_correlation", correlation(weights, truth))


def test_contrastive_localisation(
    explain_contrast: Explain, cases: list[Case], record_found: RecordFound, subtests: pytest.Subtests
) -> None:
    """Keep the k segments of largest perturbation; where they still flip, count those among the explainer's top k."""
    for case in cases:
        with subtests.test(case=case.index):
            record_found(case, explain_contrast, "contrastive_found")
