"""What did it take to find the cases, and do they do what they are for? (section 4.3)"""

import pytest

from veracity_bench.benchmarks.signatures import CheckCase, RecordSlots
from veracity_bench.fixtures.cases.case import CaseSet
from veracity_bench.fixtures.detectors.weights import TrainedDetector
from veracity_bench.fixtures.explanations.games import Games
from veracity_bench.fixtures.signatures import Record


def test_attack(
    case_set: CaseSet,
    record_slots: RecordSlots,
    check_ends: CheckCase,
    games: Games,
    detector: TrainedDetector,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """The whole perturbation flips every case and none of it flips none; attempts, successes and costs are counted.

    Recorded is also how much of the logit's way lies before the threshold: it is what a set of segments has to make.
    """
    record_slots(case_set)
    for case in case_set.cases:
        with subtests.test(case=case.index):
            record(case, "iterations", case.iterations)
            record(case, "snr", case.snr)
            check_ends(case)
            original, adversarial = games.end_logits(case)
            way = detector.threshold_logit - original
            record(case, "threshold_share", way / (adversarial - original))
