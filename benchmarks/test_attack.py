"""What did it take to find the cases, and do they do what they are for? (section 4.3)"""

import pytest

from veracity_bench.benchmarks.signatures import CheckCase, RecordSlots
from veracity_bench.fixtures.cases.case import CaseSet
from veracity_bench.fixtures.signatures import Record


def test_attack(
    case_set: CaseSet,
    record_slots: RecordSlots,
    check_ends: CheckCase,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """The whole perturbation flips every case and none of it flips none; attempts, successes and costs are counted."""
    record_slots(case_set)
    for case in case_set.cases:
        with subtests.test(case=case.index):
            record(case, "iterations", case.iterations)
            record(case, "snr", case.snr)
            check_ends(case)
