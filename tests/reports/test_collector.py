import pytest

from veracity_bench.reports.collector import Collector, is_benchmark, sentence


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
        ("tests/benchmarks/test_metrics.py::test_ties", False),
        ("tests/test_benchmarks.py::test_attack[benchmarks/a]", False),
        ("tests/benchmarks.py::test_attack", False),
        ("test_attack.py::test_attack[waveform]", True),  # outside of pytest's root
        ("test_harness.py::test_attack", False),
    ],
)
def test_a_benchmark_is_known_by_its_folder_whatever_the_root(nodeid, expected):
    assert is_benchmark(nodeid) == expected


def report_of(when, outcome="passed", records=(), **more):
    properties = [("item", {"explainer": "lime"}), ("records", list(records))]
    facts = {"keywords": {}, "location": ("", 0, ""), "longrepr": None, **more}
    return pytest.TestReport(nodeid="x::y", outcome=outcome, when=when, user_properties=properties, **facts)


ROW = {"metric": "flip", "value": 1.0}


def test_the_last_time_of_an_item_counts():
    collector = Collector()
    for value in (0.0, 1.0):
        collector.pytest_runtest_logreport(report_of("setup"))
        collector.pytest_runtest_logreport(report_of("teardown", records=[{**ROW, "value": value}]))
    assert collector.rows == [{"explainer": "lime", **ROW}]


@pytest.mark.parametrize(("outcome", "failures", "ended"), [("rerun", 0, False), ("failed", 1, True)])
def test_an_item_that_is_to_run_again_has_not_failed(outcome, failures, ended):
    collector = Collector()
    collector.pytest_xdist_node_collection_finished(["x::y"])
    assert collector.unfinished == "1 of 1 items did not run to their end"
    collector.pytest_runtest_logreport(report_of("setup"))
    collector.pytest_runtest_logreport(report_of("???", outcome))
    assert (len(collector.rows), collector.unfinished == "") == (failures, ended)
    collector.pytest_runtest_logreport(report_of("setup"))
    collector.pytest_runtest_logreport(report_of("teardown", records=[ROW]))
    assert (collector.rows, collector.unfinished) == ([{"explainer": "lime", **ROW}], "")
