"""Segments ranked by weights or by the perturbation in them, and whether they flip when inserted by rank."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from veracity_bench.benchmarks.metrics import descending, top_k_masks
from veracity_bench.benchmarks.signatures import (
    CountSegments,
    Flips,
    FlipsOfCase,
    FlipsOfRanking,
    FlipsOfWeights,
    RankCase,
    Ranking,
    RankWeights,
)
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.detectors.weights import TrainedDetector
from veracity_bench.fixtures.explanations.games import Games
from veracity_bench.fixtures.explanations.references import segment_norms
from veracity_bench.fixtures.run.settings import Settings
from veracity_bench.fixtures.seeds import generator


@pytest.fixture(scope="session")
def n_segments(games: Games) -> CountSegments:
    """Return case -> the number n of its segments."""
    return lambda case: games.partition(case).n_segments


@pytest.fixture(scope="session")
def norm_ranking(games: Games) -> RankCase:
    """Return case -> segment indices, the largest part of the perturbation first; the same for all explainers."""
    return lambda case: np.argsort(-segment_norms(games.partition(case), case), kind="stable")


@pytest.fixture(scope="session")
def rank_for(settings: Settings) -> Callable[[str], RankWeights]:
    """Return a row of the board -> (case, weights) -> segment indices; ties are in an order of the row's own."""

    def rank_of(row: str) -> RankWeights:
        return lambda case, weights: descending(weights, generator(settings.seed, "ties", row, case.name))

    return rank_of


@pytest.fixture
def rank(explainer: str, rank_for: Callable[[str], RankWeights]) -> RankWeights:
    """Return (case, weights) -> segment indices, the highest weight first."""
    return rank_for(explainer)


@pytest.fixture(scope="session")
def insertion_curve(games: Games, detector: TrainedDetector) -> FlipsOfRanking:
    """Return (case, ranking) -> for k = 1 .. n, whether the perturbation in the first k segments flips, (n,)."""

    def flips(case: Case, ranking: Ranking) -> Flips:
        logits = games.insertion(case).logits(top_k_masks(ranking))
        return case.direction.flips(logits, detector.threshold_logit)

    return flips


@pytest.fixture
def flip_curve(insertion_curve: FlipsOfRanking, rank: RankWeights) -> FlipsOfWeights:
    """Return (case, weights) -> for k = 1 .. n, whether the k segments of largest weight flip, (n,)."""
    return lambda case, weights: insertion_curve(case, rank(case, weights))


@pytest.fixture(scope="session")
def norm_curve(insertion_curve: FlipsOfRanking, norm_ranking: RankCase) -> FlipsOfCase:
    """Return case -> for k = 1 .. n, whether the k segments of largest perturbation flip, (n,)."""
    return cache(lambda case: insertion_curve(case, norm_ranking(case)))
