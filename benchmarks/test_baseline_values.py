"""How far do LIME's explanations depend on the baseline value of masked segments? (section 4.4)

The paper found results for the excerpt's mean, zero and its minimum alike. A further baseline is a training excerpt
that the detector places clearly in the other class than the one predicted.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from veracity_bench.benchmarks.metrics import rank_correlation
from veracity_bench.benchmarks.signatures import FlipsOfWeights
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.explanations.baselines import BASELINE_VALUES, MEAN, OTHER_CLASS, BaselineValue
from veracity_bench.fixtures.explanations.clear_excerpts import BaselineError
from veracity_bench.fixtures.explanations.explanations import Explanations
from veracity_bench.fixtures.signatures import Record

pytestmark = [
    pytest.mark.study,
    pytest.mark.lime,
    pytest.mark.usefixtures("exact_values", "explainer"),  # by forward passes, this would take hours
]


@pytest.fixture
def record_value(
    explanations: Explanations, flip_curve: FlipsOfWeights, record: Record
) -> Callable[[Case, str, BaselineValue], None]:
    """Return what explains (case, name, baseline value) by LIME and records the flips, and how near the mean's it is.

    It also records how far the baseline alone lies past the threshold, towards the target.
    """

    @cache  # the mean's explanations, with which all others are compared, are computed once
    def with_baseline(value: BaselineValue) -> Explanations:
        return replace(explanations, games=replace(explanations.games, baseline_value=value))

    def explain(case: Case, name: str, value: BaselineValue) -> None:
        of_variant, usual = with_baseline(value), with_baseline(BASELINE_VALUES[MEAN])
        weights = of_variant.of("lime", case).weights
        record(case, "content_margin", of_variant.games.baseline_margin(case), variant=name)
        correlation = rank_correlation(usual.of("lime", case).weights, weights)
        record(case, "content_correlation", correlation, variant=name)
        for k, flipped in enumerate(flip_curve(case, weights), 1):
            record(case, "content_flip", flipped, k=k, variant=name)

    return explain


def test_baseline_values(
    study_cases: list[Case],
    record_value: Callable[[Case, str, BaselineValue], None],
    subtests: pytest.Subtests,
) -> None:
    """Let masked segments hold the excerpt's mean, zero or its minimum: do the top segments flip, are they others?"""
    for case in study_cases:
        with subtests.test(case=case.index):
            for name, value in BASELINE_VALUES.items():
                record_value(case, name, value)


def test_other_class(
    study_cases: list[Case],
    baseline_value: Callable[[str], BaselineValue],
    record_value: Callable[[Case, str, BaselineValue], None],
    subtests: pytest.Subtests,
) -> None:
    """Let them hold a training excerpt of the other class."""
    try:
        value = baseline_value(OTHER_CLASS)
    except BaselineError as error:
        pytest.skip(str(error))
    for case in study_cases:
        with subtests.test(case=case.index):
            record_value(case, OTHER_CLASS, value)
