"""What did it take to find the cases, and do they do what they are for? (section 4.3)"""

import pytest

from benchmarks.metrics import flips


def test_attack(case_set, games, detector, record, subtests):
    """The whole perturbation flips every case and none of it flips none; attempts, successes and costs are counted."""
    record(None, "slots", case_set.slots)
    record(None, "attempts", case_set.attempts)
    record(None, "successes", case_set.successes)
    record(None, "unfilled", case_set.unfilled, reason=case_set.reason)
    for case in case_set.broken:
        with subtests.test(case=case.index):
            pytest.fail(f"case {case.name}: its stored form does not flip; delete the cache and report this bug")
    for case in case_set.cases:
        with subtests.test(case=case.index):
            record(case, "iterations", case.iterations)
            record(case, "snr", case.snr)
            game = games.insertion(case)
            logits = game.forward_logits([[0] * game.n_segments, [1] * game.n_segments])
            assert flips(logits, detector.threshold_logit, case.target).tolist() == [False, True]
