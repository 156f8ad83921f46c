"""Which sets of a case's segments flip its prediction: of all, by chance, at best, and the smallest."""

from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from veracity_bench.benchmarks.agreement import tolerance
from veracity_bench.benchmarks.signatures import (
    CountSegments,
    Flips,
    FlipsOfCase,
    FlipsOfWeights,
    OfCase,
    SearchCase,
    SegmentsOfCase,
    Weights,
)
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.detectors.weights import TrainedDetector
from veracity_bench.fixtures.explanations.games import Games
from veracity_bench.fixtures.run.settings import Settings
from veracity_bench.fixtures.seeds import generator
from veracity_bench.fixtures.timing import timed
from veracity_bench.models.games.solutions.flipping import best_by_size, chance_by_size, smallest_set
from veracity_bench.models.games.solutions.search import Search, search


@pytest.fixture
def flipping_coalitions(games: Games, detector: TrainedDetector) -> FlipsOfCase:
    """Return case -> which of all coalitions of the perturbation's segments flip the prediction, (2^n,)."""
    return lambda case: case.direction.flips(games.insertion_table(case).logits, detector.threshold_logit)


@pytest.fixture(scope="session")
def best_curve(games: Games, detector: TrainedDetector, n_segments: CountSegments) -> FlipsOfCase:
    """Return case -> for k = 1 .. n, whether any k segments flip, up to rounding and as far as is known, (n,)."""

    @cache  # it serves every explainer
    def best(case: Case) -> Flips:
        if not games.insertion(case).enumerable:
            return np.ones(n_segments(case), dtype=bool)
        logits = games.insertion_table(case).logits
        nearly = detector.threshold_logit - case.direction.sign * tolerance(logits)
        return best_by_size(case.direction.flips(logits, nearly))

    return best


@pytest.fixture(scope="session")
def search_sets(games: Games, detector: TrainedDetector, settings: Settings) -> SearchCase:
    """Return case -> what is known of its flipping sets from as many forward passes as an explanation takes."""

    @cache  # both bounds are read off it
    def searched(case: Case) -> tuple[Search, float]:
        game = games.insertion(case)

        def evaluate(masks: Flips) -> tuple[Flips, Weights]:
            return _flips_and_margins(case, game.logits(masks).astype(np.float64), detector.threshold_logit)

        rng = generator(settings.seed, "search", case.name)
        return timed(lambda: search(evaluate, game.n_segments, settings.scale.samples, rng))

    return searched


@pytest.fixture
def chance_curve(flipping_coalitions: FlipsOfCase, search_sets: SearchCase, enumerable: bool) -> OfCase:
    """Return case -> for k = 1 .. n, how probable a flip by k random segments is; where unknown, estimated by some."""
    if enumerable:
        return lambda case: chance_by_size(flipping_coalitions(case))
    return lambda case: search_sets(case)[0].chance


@pytest.fixture
def possible_curve(flip_curve: FlipsOfWeights, best_curve: FlipsOfCase) -> FlipsOfWeights:
    """Return the same; fails where a ranking flips although no set of its size does."""

    def checked(case: Case, weights: Weights) -> Flips:
        curve = flip_curve(case, weights)
        if (beyond := curve > best_curve(case)).any():
            k = int(np.argmax(beyond)) + 1
            pytest.fail(f"case {case.name}: {k} segments flip where no {k} segments do: a bug", pytrace=False)
        return curve

    return checked


@pytest.fixture(scope="session")
def smallest_flipping_set(games: Games, detector: TrainedDetector) -> SegmentsOfCase:
    """Return case -> the segments of the smallest set that flips, and of several the most; all sets must be known."""

    @cache  # it serves every explainer
    def segments(case: Case) -> tuple[int, ...]:
        logits = games.insertion_table(case).logits
        return tuple(smallest_set(*_flips_and_margins(case, logits, detector.threshold_logit)).tolist())

    return segments


def _flips_and_margins(case: Case, logits: NDArray[Any], threshold: float) -> tuple[Flips, NDArray[Any]]:
    """Return (n,) which logits flip the prediction, and how far beyond the threshold each is."""
    return case.direction.flips(logits, threshold), (logits - threshold) * case.direction.sign
