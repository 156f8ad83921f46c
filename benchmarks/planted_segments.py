"""The segments that are known to hold the cause, for the perturbation is in no others, and how many are found."""

import pytest

from veracity_bench.benchmarks.metrics import PLANTED, found, most_perturbed
from veracity_bench.benchmarks.signatures import FlipsOfCase, Plant, RankWeights, RecordFound
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.explanations.games import Games, Planted
from veracity_bench.fixtures.explanations.references import segment_norms
from veracity_bench.fixtures.signatures import Explain, Record


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
