import pytest

from veracity_bench.reports.collector import Collector, is_benchmark, sentence
from veracity_bench.reports.measurements.columns import DEFAULTS


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
        ("E   AssertionError: \nE   Not equal to tolerance\nE   more", "AssertionError: Not equal to tolerance"),
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


def rows(collector):
    return collector.records.to_dict("records")


ROW = {"metric": "flip", "value": 1.0}


@pytest.mark.parametrize(("outcome", "failures", "ended"), [("rerun", 0, False), ("failed", 1, True)])
def test_an_item_that_is_to_run_again_has_not_failed(outcome, failures, ended):
    collector = Collector()
    collector.pytest_xdist_node_collection_finished(["x::y"])
    assert collector.unfinished == "1 of 1 items did not run to their end"
    collector.pytest_runtest_logreport(report_of("setup"))
    collector.pytest_runtest_logreport(report_of("???", outcome))
    assert (len(collector.records), collector.unfinished == "") == (failures, ended)
    collector.pytest_runtest_logreport(report_of("setup"))
    collector.pytest_runtest_logreport(report_of("teardown", records=[ROW]))
    assert (rows(collector), collector.unfinished) == ([{**DEFAULTS, "explainer": "lime", **ROW}], "")


ITEM = {"experiment": "flip", "explainer": "lime", "attack": "waveform", "direction": "a", "song": "c"}


def number(value, case=0, **other):
    return {"metric": "flip", "case": case, "k": 1, "samples": 0, "value": value, **other}


def runs(collector, nodeid, *rows, fails=""):
    """An item runs: as pytest reports it, with the numbers that it has recorded."""
    properties = [("item", ITEM), ("records", list(rows))]
    for when in ("setup", "call", "teardown"):
        outcome = "failed" if fails and when == "call" else "passed"
        report = pytest.TestReport(nodeid, ("", 0, ""), {}, outcome, fails, when, user_properties=properties)
        collector.pytest_runtest_logreport(report)


def test_of_an_item_that_runs_again_the_last_time_counts():
    collector, nodeid = Collector(), "benchmarks/test_flip.py::test[a]"
    runs(collector, nodeid, number(0.1), number(0.2, case=1), fails="boom")
    assert [row["metric"] for row in rows(collector)] == ["failed", "flip", "flip"]
    runs(collector, nodeid, number(0.5))
    assert [row["value"] for row in rows(collector)] == [0.5]


def test_items_that_are_repeated_count_once():
    """Plug-ins that repeat items give each an id of its own."""
    collector = Collector()
    for time in (1, 2, 3):
        runs(collector, f"benchmarks/test_flip.py::test[a-{time}-3]", number(time), number(time), number(1, case=time))
    assert [(row["case"], row["value"]) for row in rows(collector)] == [(1, 1), (2, 1), (0, 3), (0, 3), (3, 1)]


def test_a_row_that_no_table_can_hold_is_a_failure():
    collector = Collector()
    runs(collector, "benchmarks/test_flip.py::test[a]", number("high"), number(1.0), number(0.0, vaule=1))
    assert [row["metric"] for row in rows(collector)] == ["failed", "flip", "failed"]
    assert rows(collector)[2]["reason"] == "lime: Records have no column 'vaule'."


def test_failures_of_two_items_for_different_reasons_are_both_kept():
    collector = Collector()
    for name, reason in (("test_a", "boom"), ("test_b", "bang"), ("test_c", "bang")):
        runs(collector, f"benchmarks/test_flip.py::{name}", fails=reason)
    assert [row["reason"] for row in rows(collector)] == ["boom", "bang"]


def test_an_item_that_failed_for_want_of_room_has_not_ended():
    collector = Collector()
    collector.pytest_xdist_node_collection_finished(["x::y"])
    for when, outcome in (("setup", "failed"), ("teardown", "passed")):
        properties = [("item", {"explainer": "lime"}), ("unfinished", True)]
        report = pytest.TestReport("x::y", ("", 0, ""), {}, outcome, "no room", when, user_properties=properties)
        collector.pytest_runtest_logreport(report)
    assert [row["reason"] for row in rows(collector)] == ["no room"]
    assert collector.unfinished == "1 of 1 items did not run to their end"
