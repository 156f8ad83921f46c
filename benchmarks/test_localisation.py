"""Experiment 3: does an explainer find a perturbation that sits in k segments only? (section 5.3, figure 3)

The paper plants the k segments of largest perturbation. Two further ways: the smallest set of segments that flips, and
attacks that are confined to k segments drawn at random, which no norm has chosen (Goepfert et al. 2019).
"""

import numpy as np
import pytest

from veracity_bench.benchmarks.metrics import PLANTED, found
from veracity_bench.benchmarks.signatures import (
    CheckCase,
    ConfinedCaseSet,
    CountSegments,
    RankWeights,
    RecordFound,
    RecordSlots,
    SegmentsOfCase,
)
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.explanations.games import Games
from veracity_bench.fixtures.signatures import Explain, Record
from veracity_bench.models.games.solutions.planted import found_at_best


def test_localisation(
    explain: Explain, cases: list[Case], record_found: RecordFound, subtests: pytest.Subtests
) -> None:
    """Keep the k segments of largest perturbation; where they still flip, count those among the explainer's top k."""
    for case in cases:
        with subtests.test(case=case.index):
            record_found(case, explain, "found")


@pytest.mark.study
@pytest.mark.usefixtures("exact_values")
def test_localisation_by_the_oracle(
    explain: Explain,
    study_cases: list[Case],
    smallest_flipping_set: SegmentsOfCase,
    rank: RankWeights,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Keep the smallest set of segments that flips, and count those of its k that are among the explainer's top k."""
    for case in study_cases:
        with subtests.test(case=case.index):
            planted = smallest_flipping_set(case)
            ranking = rank(case, explain(case, planted).weights)
            record(case, "oracle_found", found(planted, ranking), k=len(planted))


@pytest.mark.study
@pytest.mark.usefixtures("exact_values")
def test_chance_of_the_oracles_segments(
    study_cases: list[Case],
    smallest_flipping_set: SegmentsOfCase,
    n_segments: CountSegments,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Record what a random ranking finds on average of the smallest set that flips."""
    for case in study_cases:
        with subtests.test(case=case.index):
            k = len(smallest_flipping_set(case))
            record(case, "oracle_found", found_at_best(0, k, n_segments(case)), k=k, explainer="random")


@pytest.mark.study
def test_confined_attacks(
    confined_case_set: ConfinedCaseSet,
    record_slots: RecordSlots,
    check_ends: CheckCase,
    games: Games,
    n_segments: CountSegments,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Nothing is perturbed but the k segments; together they flip; record what a random ranking finds on average."""
    for k in PLANTED:
        record_slots(confined_case_set(k), "confined_", k)
        for case in confined_case_set(k).cases:
            with subtests.test(case=case.index):
                elsewhere = ~np.isin(games.partition(case).map, case.planted or ())
                if case.delta[elsewhere].any():
                    pytest.fail("a confined attack has changed other segments: a bug", pytrace=False)
                check_ends(case)
                record(case, "confined_found", found_at_best(0, k, n_segments(case)), k=k, explainer="random")


@pytest.mark.study
def test_localisation_of_confined_attacks(
    explain: Explain,
    confined_cases: list[Case],
    rank: RankWeights,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Count those of the k segments that an attack was confined to which are among the explainer's top k."""
    for case in confined_cases:
        with subtests.test(case=case.index):
            planted = case.planted or ()
            ranking = rank(case, explain(case).weights)
            record(case, "confined_found", found(planted, ranking), k=len(planted))
