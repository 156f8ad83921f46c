"""Experiment 1: does an explainer point at what was drawn on the spectrogram for all to see? (section 5.1, figure 1)"""

import pytest

from veracity_bench.benchmarks.metrics import fidelity, touched
from veracity_bench.benchmarks.signatures import CheckCase, FlipsOfCase, RankWeights, RecordSlots
from veracity_bench.fixtures.cases.case import Case, CaseSet
from veracity_bench.fixtures.explanations.explanations import Explanations
from veracity_bench.fixtures.explanations.games import Games
from veracity_bench.fixtures.signatures import Explain, Record

TOP = 3

pytestmark = pytest.mark.drawn


@pytest.fixture
def touched_segments(games: Games) -> FlipsOfCase:
    """Return case -> which segments the drawing touches, (n,)."""
    return lambda case: touched(games.partition(case).sums(abs(case.delta)))


def test_drawn(
    case_set: CaseSet,
    record_slots: RecordSlots,
    check_ends: CheckCase,
    touched_segments: FlipsOfCase,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Every drawing flips; record how strong it is, and how often a random segment is one that it touches."""
    record_slots(case_set, "drawings_")
    for case in case_set.cases:
        with subtests.test(case=case.index):
            check_ends(case)
            record(case, "strength", case.delta.max())
            record(case, "touched", touched_segments(case).mean(), k=TOP, explainer="random")


def test_drawings(
    explain: Explain,
    cases: list[Case],
    explanations: Explanations,
    rank: RankWeights,
    touched_segments: FlipsOfCase,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Count the top 3 segments that the drawing touches, and see how well the weights fit the output."""
    for case in cases:
        with subtests.test(case=case.index):
            weights = explain(case).weights
            record(case, "touched", touched_segments(case)[rank(case, weights)[:TOP]].mean(), k=TOP)
            record(case, "drawn_fidelity", fidelity(explanations.moments(case), weights))
            for segment, weight in enumerate(weights):
                record(case, "drawn_weight", weight, k=segment)
