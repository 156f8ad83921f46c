import pytest

from veracity_bench.reports.scores.verdicts import Evidence, Verdict, joint
from veracity_bench.reports.statistics.estimates import ENOUGH, Estimate

HOLDS, FAILS, UNDECIDED, UNKNOWN = Verdict.HOLDS, Verdict.FAILS, Verdict.UNDECIDED, Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("interval", "verdict"),
    [
        ((0.4, 0.6), HOLDS),
        ((0.3, 0.6), UNDECIDED),  # touches a bound
        ((0.2, 0.6), UNDECIDED),
        ((0.2, 0.9), UNDECIDED),
        ((0.1, 0.2), FAILS),
        ((0.8, 0.9), FAILS),
        (None, UNDECIDED),
    ],
)
def test_the_interval_decides(interval, verdict):
    assert Evidence("share", Estimate(0.5, interval, ENOUGH), low=0.3, high=0.7).verdict == verdict


def test_a_handful_of_songs_decides_nothing():
    assert Evidence("share", Estimate(0.5, (0.4, 0.6), ENOUGH - 1), low=0.3, high=0.7).verdict == UNDECIDED


def test_nothing_measured_is_unknown():
    assert Evidence("share", None, low=0).verdict == UNKNOWN


@pytest.mark.parametrize(
    ("verdicts", "verdict"),
    [
        ([HOLDS, HOLDS], HOLDS),
        ([HOLDS, UNDECIDED], UNDECIDED),
        ([FAILS, UNDECIDED], FAILS),
        ([FAILS, UNKNOWN], UNKNOWN),
    ],
)
def test_a_statement_needs_all_of_its_evidence(verdicts, verdict):
    intervals = {HOLDS: (1, 1), FAILS: (-1, -1), UNDECIDED: (-1, 1)}
    estimates = {known: Estimate(0, interval, ENOUGH) for known, interval in intervals.items()}
    assert joint([Evidence("", estimates.get(known), low=0) for known in verdicts]) == verdict
