"""Does an explanation depend on the detector, and on what its logit stands for? (Adebayo et al. 2018)

An explanation is about the detector only if it is another one for another detector. It is compared with that of a
detector with randomised parameters, where no correlation is expected, and of one with a negated logit, which speaks for
"no sing", where -1 is. References are measured, too: delta-norm, which depends on no detector, scores 1 both times.

The names under which records hold these two are "shuffled" and "swapped".
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from veracity_bench.benchmarks.metrics import rank_correlation
from veracity_bench.benchmarks.signatures import ExplainOther, FlipsOfWeights
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.detectors.altered import altered_detector
from veracity_bench.fixtures.detectors.weights import TrainedDetector
from veracity_bench.fixtures.explanations.explanations import Explanations
from veracity_bench.fixtures.run.settings import Settings
from veracity_bench.fixtures.signatures import Explain, Record
from veracity_bench.models.detectors.alterations import NotAlterableError

RANDOMISED, NEGATED = "shuffled", "swapped"


@pytest.fixture(scope="session")
def altered(detector: TrainedDetector, settings: Settings) -> Callable[[str], TrainedDetector]:
    """Return the name of an alteration -> the detector so altered; skip the item where there is no such thing."""

    @cache
    def alter(alteration: str) -> TrainedDetector:
        try:
            return altered_detector(detector, alteration, settings.seed, settings.store)
        except NotAlterableError as error:
            pytest.skip(str(error))

    return alter


@pytest.fixture(scope="session")
def altered_explanations(
    explanations: Explanations, altered: Callable[[str], TrainedDetector]
) -> Callable[[str], Explanations]:
    """Return the name of an alteration -> the explanations of the detector so altered."""

    @cache
    def of_altered(alteration: str) -> Explanations:
        other = altered(alteration)
        return replace(explanations, detector=other, games=replace(explanations.games, detector=other))

    return of_altered


@pytest.fixture
def similarity(
    explain: Explain, explain_other: ExplainOther, altered_explanations: Callable[[str], Explanations]
) -> Callable[[Case, str], float]:
    """Return (case, alteration) -> Spearman's correlation of the weights for the detector as it is and altered."""

    def correlation(case: Case, alteration: str) -> float:
        other = explain_other(altered_explanations(alteration), case)
        return rank_correlation(explain(case).weights, other.weights)

    return correlation


@pytest.fixture
def record_similarity(
    study_cases: list[Case],
    similarity: Callable[[Case, str], float],
    altered: Callable[[str], TrainedDetector],
    record: Record,
    subtests: pytest.Subtests,
) -> Callable[[str], None]:
    """Return the name of an alteration -> None, which records its similarity for every case."""

    def record_cases(alteration: str) -> None:
        altered(alteration)  # one that cannot be made skips the item
        for case in study_cases:
            with subtests.test(case=case.index):
                record(case, f"{alteration}_correlation", similarity(case, alteration))

    return record_cases


@pytest.mark.study
def test_parameter_randomisation(record_similarity: Callable[[str], None]) -> None:
    """Randomise the detector's parameters: an explanation that depends on them becomes another one."""
    record_similarity(RANDOMISED)


@pytest.mark.study
def test_negated_logit(record_similarity: Callable[[str], None]) -> None:
    """Negate the logit: what spoke for the target speaks against it."""
    record_similarity(NEGATED)


@pytest.mark.study
def test_negated_weights(
    explain: Explain,
    study_cases: list[Case],
    flip_curve: FlipsOfWeights,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Negate the weights: first in the ranking now comes what speaks most against the target."""
    for case in study_cases:
        with subtests.test(case=case.index):
            for k, flipped in enumerate(flip_curve(case, -explain(case).weights), 1):
                record(case, "reversed_flip", flipped, k=k)
