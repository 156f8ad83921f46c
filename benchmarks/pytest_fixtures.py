"""What several experiments need of a case: its segments ranked, inserted by rank, and planted."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from veracity_bench.benchmarks.metrics import PLANTED, descending, found, most_perturbed, top_k_masks
from veracity_bench.benchmarks.signatures import (
    CheckCase,
    ConfinedCaseSet,
    CountSegments,
    ExplainOther,
    Flips,
    FlipsOfCase,
    FlipsOfRanking,
    FlipsOfWeights,
    Plant,
    RankCase,
    Ranking,
    RankWeights,
    RecordFound,
    RecordSlots,
)
from veracity_bench.explainers.contract.instance import ContractError
from veracity_bench.fixtures.cases.case import Case, CaseSet
from veracity_bench.fixtures.detectors.weights import TrainedDetector
from veracity_bench.fixtures.explanations.explanations import Explanations
from veracity_bench.fixtures.explanations.games import Games, Planted
from veracity_bench.fixtures.explanations.references import segment_norms
from veracity_bench.fixtures.explanations.request import Explanation
from veracity_bench.fixtures.run.settings import Settings
from veracity_bench.fixtures.seeds import generator
from veracity_bench.fixtures.signatures import Explain, Record

STUDIED = 3  # cases of a song that a study measures: each takes long, and songs differ more than their excerpts


@pytest.fixture
def study_cases(cases: list[Case]) -> list[Case]:
    """Return the cases that a study measures."""
    return cases[:STUDIED]


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
def plant(games: Games, norm_curve: FlipsOfCase) -> Plant:
    """Return (case, k) -> the k segments of largest perturbation.

    None where they do not flip the prediction, or where fewer are perturbed: one that is not is no cause of anything.
    """

    def planted(case: Case, k: int) -> Planted:
        return most_perturbed(segment_norms(games.partition(case), case), k) if norm_curve(case)[k - 1] else None

    return planted


@pytest.fixture
def record_found(plant: Plant, rank: RankWeights, record: Record) -> RecordFound:
    """Return what keeps the k segments of largest perturbation, where they still flip, and counts those in the top k.

    It takes (case, explain, metric), for every number k of planted segments.
    """

    def count(case: Case, explain: Explain, metric: str) -> None:
        for k in PLANTED:
            if planted := plant(case, k):
                ranking = rank(case, explain(case, planted).weights)
                record(case, metric, found(planted, ranking), k=k)

    return count


@pytest.fixture
def confined_cases(confined_case_set: ConfinedCaseSet) -> list[Case]:
    """Return the first cases whose attack was confined to k segments, for every k; skip the item without any."""
    cases = [case for k in PLANTED for case in confined_case_set(k).cases[:STUDIED]]
    if not cases:
        pytest.skip("no excerpt to explain: no confined attack flipped")
    return cases


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
