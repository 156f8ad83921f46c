import pytest

from veracity_bench.reports.collector import sentence


class Report:
    """A report of a failure, as far as a reason is told from it."""

    when = "call"

    def __init__(self, longrepr):
        self.longrepr = longrepr


@pytest.mark.parametrize(
    ("longrepr", "reason"),
    [
        ("Failed: lime: weights must be finite", "lime: weights must be finite"),  # pytest.fail(.., pytrace=False)
        ("E   Failed: no song\nE   and a note", "no song"),
        ("RuntimeError: Failed: twice", "RuntimeError: Failed: twice"),
        ("test_x.py:3: in test\nE   AssertionError: wrong", "AssertionError: wrong"),
        ("", "no reason given"),
    ],
)
def test_the_reason_is_one_sentence(longrepr, reason):
    assert sentence(Report(longrepr)) == reason
