"""What does a perfect explainer get? Detectors whose explanation follows by hand go through the same harness.

Where an exact method does not get what theory demands, the harness is wrong, and so may be every score of the run.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from veracity_bench.benchmarks.known_answers import DETECTORS, IGNORING, PAIRS, Pair
from veracity_bench.benchmarks.signatures import Flips, Ranking, Weights
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.detectors.weights import TrainedDetector
from veracity_bench.fixtures.explanations.explanations import Explanations
from veracity_bench.fixtures.explanations.games import BaselineValue, Games
from veracity_bench.fixtures.explanations.in_process import InProcessRunner
from veracity_bench.fixtures.explanations.subprocess_runner import SubprocessRunner
from veracity_bench.fixtures.run.settings import Settings
from veracity_bench.fixtures.seeds import generator
from veracity_bench.fixtures.signatures import Record
from veracity_bench.models.games.solutions.flipping import best_by_size, chance_by_size

THRESHOLD = 0.5  # a logit of 0
DECIMALS = 4  # weights, of probabilities or logits, are equal that differ by rounding
TOLERANCE = 1e-6

Explaining = Callable[[str, BaselineValue], Explanations]


@pytest.fixture(scope="session")
def explaining(
    settings: Settings, in_process_runner: InProcessRunner, subprocess_runner: SubprocessRunner
) -> Explaining:
    """Return (the name of a detector with a known answer, baseline value) -> its explanations."""

    def explanations(name: str, baseline_value: BaselineValue) -> Explanations:
        detector = TrainedDetector(name, DETECTORS[name].to(settings.device), THRESHOLD, {}, name, Path())
        games = Games(detector, baseline_value=baseline_value)
        samples, seed = settings.scale.samples, settings.seed
        return Explanations(detector, samples, seed, games, in_process_runner, subprocess_runner)

    return explanations


@pytest.mark.parametrize("known_detector", DETECTORS)
def test_known_answers(known_detector: str, explaining: Explaining, settings: Settings, record: Record) -> None:
    """Exact methods get what theory demands, in either question; record the normalised flip of each."""
    wrong = []
    for pair in (pair for pair in PAIRS if pair.detector == known_detector):
        for question, method, due, score in answers(pair, explaining, settings.seed):
            variant, direction = f"{known_detector}, {question}", pair.direction.name
            record(None, "known_answer", score, explainer=method, direction=direction, variant=variant)
            if abs(score - due) > TOLERANCE:
                wrong.append(f"{variant}, {direction}: {method} gets {score:.3f}, instead of {due:.3f}")
    if wrong:
        pytest.fail(f"{len(wrong)} exact methods do not get what theory demands, such as: {wrong[0]}", pytrace=False)


def answers(pair: Pair, explaining: Explaining, seed: int) -> Iterator[tuple[str, str, float, float]]:
    """Return question, method, the normalised flip that theory demands, and the one that the method gets."""
    case = pair.case(generator(seed, "known answers", pair.detector, pair.direction.name, pair.baseline))
    for question in pair.questions(case):
        explanations = explaining(pair.detector, question.baseline_value)
        score = normalised_flip(flipping_coalitions(explanations.games, case))
        for method in pair.methods:
            weights = explanations.of(method, case).weights
            if pair.detector == IGNORING and (largest := abs(weights).max()) >= TOLERANCE:
                pytest.fail(f"{method} weighs what a detector ignores, by {largest:.2g}: a bug", pytrace=False)
            yield question.name, method, question.demanded[method], score(weights)


def flipping_coalitions(games: Games, case: Case) -> Flips:
    """Return which coalitions of the perturbation's segments flip the prediction, (2^n,)."""
    return case.direction.flips(games.insertion_table(case).logits, games.detector.threshold_logit)


def normalised_flip(flips: Flips) -> Callable[[Weights], float]:
    """Return weights -> their normalised flip, chance 0 and oracle 1, the mean over ties; 0 where nothing flips."""
    chance, best = chance_by_size(flips).sum(), best_by_size(flips).sum()

    def score(weights: Weights) -> float:
        curves = [flips[np.cumsum(1 << ranking)] for ranking in tie_broken(np.round(weights, DECIMALS))]
        return float((np.sum(curves, axis=1).mean() - chance) / (best - chance)) if best > chance else 0.0

    return score


def tie_broken(weights: Weights) -> Iterator[Ranking]:
    """Return rankings in which equal segments take each other's places: of two, each is first in half of them."""
    segments = np.arange(len(weights))
    for first in segments:
        for order in (np.roll(segments, first), -np.roll(segments, first)):
            yield np.lexsort((order, -weights))
