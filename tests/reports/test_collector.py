import pytest

from veracity_bench.reports.collector import is_benchmark, sentence


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


@pytest.mark.parametrize(
    ("nodeid", "expected"),
    [
        ("benchmarks/test_attack.py::test_attack[waveform]", True),
        ("../site-packages/veracity_bench/benchmarks/test_attack.py::test_attack", True),  # with --pyargs
        ("veracity_bench/benchmarks/test_attack.py", True),
        ("tests/test_benchmarks.py::test_attack[benchmarks/a]", False),
        ("tests/benchmarks.py::test_attack", False),
    ],
)
def test_a_benchmark_is_known_by_its_folder_whatever_the_root(nodeid, expected):
    assert is_benchmark(nodeid) == expected
