"""Experiment 1: does an explainer point at what was drawn on the spectrogram for all to see? (section 5.1, figure 1)"""

import pytest
from veracity_bench.benchmarks.metrics import fidelity, touched

TOP = 3

pytestmark = pytest.mark.drawn


@pytest.fixture
def targets(games):
    """Return case -> which segments the drawing touches, (n,)."""
    return lambda case: touched(games.partition(case).sums(abs(case.delta)))


def test_drawn(case_set, count_slots, extremes, targets, record, subtests):
    """Every drawing flips; record how strong it is, and how often a random segment is one that it touches."""
    count_slots(case_set, "drawings_")
    for case in case_set.cases:
        with subtests.test(case=case.index):
            assert extremes(case) == [False, True]
            record(case, "strength", case.delta.max())
            record(case, "touched", targets(case).mean(), k=TOP, explainer="random")


def test_drawings(explain, cases, interview, rank, targets, record, subtests):
    """Ask why singing is heard: how many of the top 3 segments does the drawing touch, how well do the weights fit?"""
    for case in cases:
        with subtests.test(case=case.index):
            weights = explain(case).weights
            record(case, "touched", targets(case)[rank(case, weights)[:TOP]].mean(), k=TOP)
            record(case, "drawn_fidelity", fidelity(interview.moments(case), weights))
            for segment, weight in enumerate(weights):
                record(case, "drawn_weight", weight, k=segment)
