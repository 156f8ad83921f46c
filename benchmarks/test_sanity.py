"""Does an explainer look at the detector, and does it know for from against? (Adebayo et al. 2018)

An explanation says something about the detector only if it is another one for another detector. It is compared with
that of a detector whose parameters are shuffled, where no correlation is expected, and of one that means "no sing" by
its logit, where -1 is. References are asked, too: delta-norm, which looks at no detector, scores 1 both times.
"""

from dataclasses import replace
from functools import cache

import pytest
from veracity_bench.benchmarks.metrics import rank_correlation
from veracity_bench.fixtures.detectors.altered import altered_detector
from veracity_bench.fixtures.explanations.request import Here
from veracity_bench.models.detectors.alterations import NotAlterableError


@pytest.fixture(scope="session")
def altered(detector, settings):
    """Return the name of an alteration -> the detector so altered; skip the item where there is no such thing."""

    @cache
    def find(alteration):
        try:
            return altered_detector(detector, alteration, settings.seed, settings.store)
        except NotAlterableError as error:
            pytest.skip(str(error))

    return find


@pytest.fixture(scope="session")
def altered_interview(interview, altered):
    """Return the name of an alteration -> who asks about the detector so altered."""

    @cache
    def interviewed(alteration):
        other = altered(alteration)
        games = replace(interview.games, detector=other)
        return replace(interview, detector=other, games=games, here=Here(other.module))

    return interviewed


@pytest.fixture
def similarity(explain, explain_other, altered_interview):
    """Return (case, alteration) -> Spearman's correlation of what is said of the detector as it is and altered."""

    def correlation(case, alteration):
        other = explain_other(altered_interview(alteration), case)
        return rank_correlation(explain(case).weights, other.weights)

    return correlation


@pytest.mark.study
def test_shuffled(first_cases, similarity, altered, record, subtests):
    """Shuffle the detector's parameters: who looks at them says something else."""
    altered("shuffled")
    for case in first_cases:
        with subtests.test(case=case.index):
            record(case, "shuffled_correlation", similarity(case, "shuffled"))


@pytest.mark.study
def test_swapped(first_cases, similarity, altered, record, subtests):
    """Turn the sign of the logit: what spoke for the target speaks against it."""
    altered("swapped")
    for case in first_cases:
        with subtests.test(case=case.index):
            record(case, "swapped_correlation", similarity(case, "swapped"))


@pytest.mark.study
def test_reversed(explain, first_cases, flip_curve, record, subtests):
    """Turn the signs of the weights: from the top now comes what speaks most against the target."""
    for case in first_cases:
        with subtests.test(case=case.index):
            for k, flipped in enumerate(flip_curve(case, -explain(case).weights), 1):
                record(case, "reversed_flip", flipped, k=k)
