"""The cases that experiments take, what is counted of them, and a check of each; other detectors explained on them."""

import pytest

from veracity_bench.benchmarks.metrics import PLANTED
from veracity_bench.benchmarks.signatures import CheckCase, ConfinedCaseSet, ExplainOther, RecordSlots
from veracity_bench.explainers.contract.instance import ContractError
from veracity_bench.fixtures.cases.case import Case, CaseSet
from veracity_bench.fixtures.detectors.weights import TrainedDetector
from veracity_bench.fixtures.explanations.explanations import Explanations
from veracity_bench.fixtures.explanations.games import Games
from veracity_bench.fixtures.explanations.request import Explanation
from veracity_bench.fixtures.signatures import Explain, Record

STUDIED = 3  # cases of a song that a study measures: each takes long, and songs differ more than their excerpts


@pytest.fixture
def study_cases(cases: list[Case]) -> list[Case]:
    """Return the cases that a study measures."""
    return cases[:STUDIED]


@pytest.fixture
def confined_cases(confined_case_set: ConfinedCaseSet) -> list[Case]:
    """Return the first cases whose attack was confined to k segments, for every k; skip the item without any."""
    cases = [case for k in PLANTED for case in confined_case_set(k).cases[:STUDIED]]
    if not cases:
        pytest.skip("no excerpt to explain: no confined attack flipped")
    return cases


@pytest.fixture
def explain_other(explain: Explain, explainer: str) -> ExplainOther:
    """Return (explanations, case) -> that of another detector, made from ours, by the item's explainer.

    One that can explain ours, which comes first, need not be able to explain the other: then the case is skipped.
    """

    def explain_case(explanations: Explanations, case: Case) -> Explanation:
        explain(case)
        try:
            return explanations.of(explainer, case)
        except ContractError as error:
            pytest.skip(str(error))

    return explain_case


@pytest.fixture
def record_slots(record: Record, subtests: pytest.Subtests) -> RecordSlots:
    """Return (case_set, prefix, k) -> None, which records how many slots are filled."""

    def record_counts(case_set: CaseSet, prefix: str = "", k: int = 0) -> None:
        record(None, f"{prefix}slots", case_set.slots, k=k)
        record(None, f"{prefix}attempts", case_set.attempts, k=k)
        record(None, f"{prefix}successes", case_set.successes, k=k)
        record(None, f"{prefix}unfilled", case_set.unfilled, k=k, reason=case_set.reason)
        for case in case_set.broken:
            with subtests.test(case=case.index):
                pytest.fail(f"case {case.name}: its stored form does not flip; delete the cache and report this bug")

    return record_counts


@pytest.fixture
def check_ends(games: Games, detector: TrainedDetector) -> CheckCase:
    """Return case -> None, which fails unless all of the perturbation flips the prediction and none of it does not."""

    def check(case: Case) -> None:
        logits, threshold = games.end_logits(case), detector.threshold_logit
        if case.direction.flips(logits, threshold).tolist() != [False, True]:
            ends = f"its logit is {logits[0]:.4f} without the perturbation and {logits[1]:.4f} with it"
            pytest.fail(f"case {case.name}: {ends}, at a threshold of {threshold:.4f}: no flip, a bug", pytrace=False)

    return check
