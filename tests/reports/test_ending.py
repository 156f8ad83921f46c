"""Ways to end a run early: what was measured is written beside the report, which stands."""

import os
import signal
import subprocess
import sys
import time

import pytest

from veracity_bench.reports.measurements.records import read_run

CONFTEST = """
import os
import pytest

def pytest_veracity_manifest(config):
    return {"measured": {"corpus": "synthetic"}}

def pytest_collection_modifyitems(items):
    for item in items:
        place = {"attack": "waveform", "direction": "nosing_to_sing", "song": "a"}
        item.user_properties.append(("item", {"experiment": "flip", "explainer": "good", **place}))

@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session):
    if "BREAKS" in os.environ:
        raise RuntimeError("another plug-in broke")
    return (yield)
"""
BENCHMARK = """
import os, time
import pytest

@pytest.mark.parametrize("case", range(4))
def test_flip(case, record_property):
    if case == 2 and "WAIT" in os.environ:
        open("waiting", "w").close()
        time.sleep(100)
    record_property("records", [{"case": case, "metric": "flip", "k": 3, "value": 1.0}])
"""


@pytest.fixture
def start(tmp_path):
    """Start a run of four cases in a process group of its own; it waits in the third."""
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "benchmarks" / "test_flip.py").write_text(BENCHMARK)

    def start(*arguments, **environment):
        command = [sys.executable, "-m", "pytest", "-p", "veracity_bench.reports.plugin", "--report-dir", "out"]
        environment |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        return subprocess.Popen(
            [*command, "-p", "xdist", "-p", "no:cacheprovider", *arguments, "benchmarks"],
            cwd=tmp_path,
            env=os.environ | environment,
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=heed_signals,  # noqa: PLW1509 - nothing else undoes what a shell ignores
        )

    return start


def heed_signals():
    """Ignore no signal, whatever these tests were started with: nohup and background jobs of a shell ignore some."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_DFL)


def when_it_waits(run, tmp_path):
    while not (tmp_path / "waiting").exists():
        assert run.poll() is None, run.communicate()[0]
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("signals", "group"),
    [([signal.SIGINT, signal.SIGINT], True), ([signal.SIGTERM], True), ([signal.SIGHUP], False)],
    ids=["Ctrl-C twice", "TERM", "HUP"],
)
def test_a_signal_leaves_what_was_measured_beside_the_report(start, tmp_path, signals, group):
    run = start("-n", "1" if group else "0", WAIT="1")
    when_it_waits(run, tmp_path)
    for one in signals:
        (os.killpg if group else os.kill)(run.pid, one)
        time.sleep(0.3)
    output, _ = run.communicate(timeout=240)
    records, manifest = read_run(tmp_path / "out-incomplete")
    why = "the run was stopped early; 2 of 4 items did not run to their end"
    assert (records["case"].tolist(), manifest["measured"]["incomplete"]) == ([0, 1], why), output
    assert run.returncode == pytest.ExitCode.INTERRUPTED, output
    assert not (tmp_path / "out").exists()


def test_what_breaks_elsewhere_leaves_the_report(start, tmp_path):
    """An error of another plug-in at the end, under a backend of matplotlib that is not installed, as in a notebook."""
    output, _ = start("-n", "0", BREAKS="1", MPLBACKEND="module://matplotlib_inline.backend_inline").communicate()
    assert "another plug-in broke" in output
    assert len(read_run(tmp_path / "out")[0]) == 4
    assert (tmp_path / "out" / "figures" / "curves.svg").is_file(), output
