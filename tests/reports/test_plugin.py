import re
from pathlib import Path

import pytest
from bare_report import bare_report

from veracity_bench.reports import page
from veracity_bench.reports.layout.source import source
from veracity_bench.reports.leaderboard import write
from veracity_bench.reports.measurements.excerpts import read_excerpts
from veracity_bench.reports.measurements.records import read_run

pytest_plugins = "pytester"

ROOT = Path(__file__).parents[2]

CONFTEST = """
import numpy as np

def pytest_veracity_manifest(config):
    return {"title": "Tiny", "measured": {"corpus": "synthetic"}, "options": {"scale": "smoke"}}

def pytest_veracity_excerpts(config, places):
    bins = np.zeros((115, 80), dtype=np.float32)
    numbers = {"case": 0, "frame": 70, "original": bins, "adversarial": bins + 0.1, "probabilities": (0, 1)}
    return [{"attack": attack, "direction": direction, "song": song, **numbers} for attack, direction, song in places]

def pytest_collection_modifyitems(items):
    for item in items:
        if {"explainer", "song"} <= set(item.fixturenames):
            coordinates = {"experiment": "flip", "attack": "waveform", "direction": "nosing_to_sing"}
            item.user_properties.append(("item", {**coordinates, **item.callspec.params}))
"""

BENCHMARK = """
import os
import pytest

@pytest.fixture
def built(explainer):
    if explainer == "unbuilt":
        raise ValueError("no such thing")

def number(case, **values):
    return {"case": case, "metric": "flip", "k": 3, **values}

@pytest.mark.parametrize("song", ["a", "b"])
@pytest.mark.parametrize("explainer", EXPLAINERS)
def test_flip(explainer, song, built, record_property, subtests):
    for case in range(3):
        with subtests.test(case=case):
            if explainer == "picky" and case == 1:
                raise RuntimeError("boom\\nand more")
            if explainer == "dying":
                os._exit(1)
            record_property("records", [number(case, value=float("nan") if explainer == "nan" else float(case > 0))])
            seconds = number(case, experiment="cost", metric="seconds", k=0, value=0.5 * case)
            record_property("records", [seconds])
    assert explainer != "late", "found out late"
"""


EXPLAINERS = ("good", "picky", "late", "nan", "unbuilt")


@pytest.fixture
def suite(whole_suite, monkeypatch):
    """Run the suite with a bare report."""
    bare_report(set_attribute=monkeypatch.setattr)
    return whole_suite


@pytest.fixture
def whole_suite(pytester, monkeypatch):
    """Run a tiny suite with our plugin, for explainers that fail in as many ways, and two songs of three cases."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeconftest(CONFTEST)
    benchmark = pytester.mkdir("benchmarks") / "test_flip.py"

    def run(*arguments, explainers=EXPLAINERS, plugins=()):
        benchmark.write_text(BENCHMARK.replace("EXPLAINERS", repr(list(explainers))))
        options = ["-p", "xdist", "-p", "veracity_bench.reports.plugin", "--rootdir", pytester.path]
        return pytester.runpytest_inprocess(*options, *arguments, plugins=plugins)

    return run


def failures(directory):
    records, _ = read_run(directory)
    failed = records[records["metric"] == "failed"]
    return sorted(failed[["explainer", "song", "case", "reason"]].itertuples(index=False, name=None))


def without_timing(board):
    return re.sub(r"## Timing.*", "", board, flags=re.DOTALL)


def test_workers_change_nothing_but_the_time(whole_suite, pytester):
    boards = []
    for workers in "02":
        whole_suite("-n", workers, "--report-dir", f"run{workers}")
        boards.append((pytester.path / f"run{workers}" / "leaderboard.md").read_text(encoding="utf-8"))
    assert without_timing(boards[0]) == without_timing(boards[1])
    assert "| good" in boards[0]
    assert (pytester.path / "run0" / "records.parquet").read_bytes() == (
        pytester.path / "run2" / "records.parquet"
    ).read_bytes()


class Sent:
    """Counts the lists of records in each report of an item, and keeps the reports as pytest does."""

    def __init__(self):
        self.lists, self.reports = {}, []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report):
        self.lists[len(self.reports), report.when] = [name for name, _ in report.user_properties].count("records")
        self.reports.append(report)


@pytest.mark.parametrize("workers", "02")
def test_each_record_is_sent_once_and_not_kept(suite, workers):
    sent = Sent()
    suite("-n", workers, explainers=["good"], plugins=[sent])
    assert len(sent.lists) == len("ab") * (3 + len(("setup", "call", "teardown")))
    assert {when: count for (_, when), count in sent.lists.items()} == {"setup": 0, "call": 0, "teardown": 2 * 3}
    assert sum(sent.lists.values()) == len("ab") * 2 * 3
    assert not any(name == "records" for report in sent.reports for name, _ in report.user_properties)


def test_every_failure_is_recorded_once_with_its_reason(suite, pytester):
    result = suite("-n", "0")
    assert sum("FAILED" in line and "[picky-" in line for line in result.stdout.lines) == 1
    result.stdout.fnmatch_lines("*picky: 1 more like this, which -v shows*")
    result.stdout.no_fnmatch_line("*contains 1 failed*")
    assert failures(pytester.path / "reports" / "latest") == sorted(
        failure
        for song in "ab"
        for failure in [
            ("late", song, -1, "AssertionError: found out late"),
            *(("nan", song, case, "flip is nan") for case in range(3)),
            ("picky", song, 1, "RuntimeError: boom"),
            ("unbuilt", song, -1, "ValueError: no such thing"),
        ]
    )


def test_numbers_are_kept_with_the_coordinates_of_their_item(suite, pytester):
    suite("-n", "0", explainers=["good", "picky"])
    records, _ = read_run(pytester.path / "reports" / "latest")
    flips, seconds = (records[records["metric"] == metric] for metric in ("flip", "seconds"))
    assert flips.groupby(["explainer", "song"])["value"].agg(list).to_dict() == {
        ("good", "a"): [0, 1, 1],
        ("good", "b"): [0, 1, 1],
        ("picky", "a"): [0, 1],
        ("picky", "b"): [0, 1],
    }
    assert set(flips["experiment"]) == {"flip"}
    assert set(seconds["experiment"]) == {"cost"}


def test_the_terminal_shows_the_overall_table_and_the_place(whole_suite):
    result = whole_suite("-n", "0", "--report-dir", "out", explainers=["good"])
    result.stdout.fnmatch_lines(["*= veracity bench =*", "| explainer*", "| good *"])
    result.stdout.fnmatch_lines(["The whole board: out/leaderboard.md", "The page to browse, *: out/leaderboard.html"])


def test_the_board_can_be_rendered_again(whole_suite, pytester):
    whole_suite("-n", "0")
    latest = pytester.path / "reports" / "latest"
    excerpts = read_excerpts(latest)
    write(pytester.path / "again.md", *read_run(latest), excerpts)
    assert (pytester.path / "again.md").read_bytes() == (latest / "leaderboard.md").read_bytes()
    again = page.render(*read_run(latest), excerpts, source=source(latest, read_run(latest)[1]))
    assert (latest / "leaderboard.html").read_text(encoding="utf-8") == again


def test_the_excerpts_of_the_places_that_were_measured_are_kept(suite, pytester):
    suite("-n", "0", explainers=["good", "unbuilt"])
    excerpts = read_excerpts(pytester.path / "reports" / "latest")
    assert [(one.attack, one.direction, one.song) for one in excerpts] == [
        ("waveform", "nosing_to_sing", song) for song in "ab"
    ]
    suite("-n", "0", explainers=["unbuilt"])
    assert read_excerpts(pytester.path / "reports" / "latest") == []


def test_the_manifest_is_that_of_the_hook_and_the_time(suite, pytester):
    suite("-n", "0", explainers=["good"])
    _, manifest = read_run(pytester.path / "reports" / "latest")
    assert set(manifest.pop("timing")) == {"started", "finished", "seconds"}
    assert manifest == {"title": "Tiny", "measured": {"corpus": "synthetic"}, "options": {"scale": "smoke"}}


def test_a_run_that_stopped_early_says_so(suite, pytester):
    suite("-n", "0", "-x")
    _, manifest = read_run(pytester.path / "reports" / "latest-incomplete")
    assert manifest["measured"]["incomplete"] == "the run was stopped early; 7 of 10 items did not run to their end"


def test_without_the_hooks_the_manifest_has_only_the_time_and_no_excerpt_is_kept(suite, pytester):
    conftest = pytester.path / "conftest.py"
    conftest.write_text("def pytest_collection_modifyitems" + CONFTEST.split("def pytest_collection_modifyitems")[1])
    suite("-n", "0", explainers=["good"])
    latest = pytester.path / "reports" / "latest"
    assert set(read_run(latest)[1]) == {"timing"}
    assert not (latest / "excerpts.npz").exists()


def test_a_worker_that_dies_leaves_a_failure(suite, pytester):
    suite("-n", "1", explainers=["good", "dying"])
    expected = [("dying", song, -1, "the process that ran it died") for song in "ab"]
    assert failures(pytester.path / "reports" / "latest") == expected


def test_an_item_that_fails_before_it_says_what_it_is_leaves_its_name(suite, pytester):
    (pytester.path / "benchmarks" / "test_other.py").write_text("def test_other(missing): pass")
    suite("-n", "0", "benchmarks/test_other.py")
    (failure,) = failures(pytester.path / "reports" / "latest")
    assert failure[:3] == ("", "", -1)
    assert failure[3] == "benchmarks/test_other.py::test_other: fixture 'missing' not found"


@pytest.mark.parametrize("arguments", [("test_harness.py",), ("--collect-only",), ("-k", "nothing")])
def test_without_a_benchmark_item_nothing_is_written(suite, pytester, arguments):
    pytester.makepyfile(test_harness="def test_passes(): pass\ndef test_fails(): assert False")
    result = suite("-n", "0", *arguments)
    assert not (pytester.path / "reports").exists()
    result.stdout.no_fnmatch_line("*veracity bench*")


CHECKED = """
import pytest
from veracity_bench.fixtures.pytest_fixtures import record

@pytest.mark.parametrize("song", ["a"])
@pytest.mark.parametrize("explainer", ["typing"])
def test_typo(explainer, song, record):
    record(None, METRIC, k=3)
"""


@pytest.mark.parametrize(
    ("metric", "reason"), [('"filp", 1.0', "There is no metric 'filp'"), ('"flip", 2.0', "flip must be 0..1")]
)
def test_a_number_that_no_section_declares_fails_the_item_that_records_it(suite, pytester, metric, reason):
    checked = CHECKED.replace("METRIC", metric)
    suite("--collect-only", "-q", explainers=[])
    (pytester.path / "benchmarks" / "test_typo.py").write_text(checked)
    suite("-n", "0", "benchmarks/test_typo.py")
    ((explainer, song, case, said),) = failures(pytester.path / "reports" / "latest")
    assert (explainer, song, case) == ("typing", "a", -1)
    assert reason in said


def test_the_report_goes_to_where_pytest_is_run(suite, pytester, monkeypatch):
    elsewhere = pytester.mkdir("elsewhere")
    monkeypatch.chdir(elsewhere)
    suite("-n", "0", "--rootdir", "..", "../benchmarks", "--confcutdir", "..", explainers=["good"])
    assert (elsewhere / "reports" / "latest" / "records.parquet").is_file()


def test_the_option_stands_under_our_heading(suite):
    suite("--help").stdout.fnmatch_lines(["veracity bench:", "*--report-dir=*"])
