"""What did it take to find the cases, and do they do what they are for? (section 4.3)"""


def test_attack(case_set, count_slots, extremes, record, subtests):
    """The whole perturbation flips every case and none of it flips none; attempts, successes and costs are counted."""
    count_slots(case_set)
    for case in case_set.cases:
        with subtests.test(case=case.index):
            record(case, "iterations", case.iterations)
            record(case, "snr", case.snr)
            assert extremes(case) == [False, True]
