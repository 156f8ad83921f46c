"""Where is it lost? What an explainer would flip if it could query without end.

Between the best sets of segments and an explainer's ranking lie the exact Shapley values of inserting the perturbation
and of masking the excerpt, which test_flip_at_k.py measures, and what the explainer's weights come to with ever more
queries: the exact LIME, Shapley or Banzhaf values of masking, or its own weights where it samples nothing.
"""

from collections.abc import Callable
from functools import cache

import pytest

from veracity_bench.benchmarks.signatures import FlipsOfCase, FlipsOfRanking, RankWeights, Weights
from veracity_bench.explainers.contract.catalogue import ITSELF
from veracity_bench.explainers.contract.registry import limit_of
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.explanations.games import Games
from veracity_bench.fixtures.explanations.references import LIMITS
from veracity_bench.fixtures.run.settings import Settings
from veracity_bench.fixtures.signatures import Explain, Record

EXACT_FROM = 300  # queries that make an explainer exact which is its own limit


@pytest.fixture(scope="session")
def limit_weights(games: Games) -> Callable[[str, Case], Weights]:
    """Return (limit, case) -> its weights (n,)."""
    return cache(lambda limit, case: LIMITS[limit](games, case, None).weights)  # they serve several explainers


@pytest.fixture
def limit_curve(
    explainer: str,
    explain: Explain,
    limit_weights: Callable[[str, Case], Weights],
    rank_for: Callable[[str], RankWeights],
    insertion_curve: FlipsOfRanking,
    settings: Settings,
) -> FlipsOfCase:
    """Return case -> for k = 1 .. n, whether the first k segments of the explainer's limit flip, (n,)."""
    limit, samples = limit_of(explainer), max(EXACT_FROM, settings.scale.samples)
    if limit == ITSELF:
        return lambda case: insertion_curve(case, rank_for(explainer)(case, explain(case, samples=samples).weights))
    return lambda case: insertion_curve(case, rank_for(limit)(case, limit_weights(limit, case)))


@pytest.mark.limited
@pytest.mark.usefixtures("exact_values")
def test_limit(cases: list[Case], limit_curve: FlipsOfCase, record: Record, subtests: pytest.Subtests) -> None:
    """Insert the perturbation in the k segments that the explainer's limit ranks highest, for every k."""
    for case in cases:
        with subtests.test(case=case.index):
            for k, flipped in enumerate(limit_curve(case), 1):
                record(case, "limit_flip", flipped, k=k)
