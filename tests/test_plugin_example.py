"""The example plug-in, as its user has it: installed by pip, found by its entry point, on the board."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from veracity_bench.reports.measurements.records import read_run

ROOT = Path(__file__).parents[1]
TOYS = ROOT / "tests" / "fixtures" / "toys"
PYTEST = ["pytest", "-p", "no:hypothesispytest"]  # whose plugin imports all of it for a second


def run(folder, *arguments):
    """Run Python in the project's folder, with the plug-in installed."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(folder), str(TOYS)]), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=240)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder that a copy of the example is installed into by pip, from what is on this machine."""
    folder = tmp_path_factory.mktemp("plugin")
    source = shutil.copytree(ROOT / "examples" / "plugin", folder / "source")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--target"]
    finished = run(folder, "pip", "install", *options, folder / "installed", source)
    assert finished.returncode == 0, finished.stderr
    return folder / "installed"


def test_it_is_listed(installed):
    listed = run(installed, *PYTEST, "--list-explainers").stdout
    (row,) = [line for line in listed.splitlines() if line.startswith("both-ends ")]
    assert row.endswith("Mean of the effect of adding a segment to none and of removing it from all.")


def test_it_is_on_the_board(installed, shared_corpus_folder, tmp_path):
    few = ["--attack", "waveform", "-k", "flip_at_k or contrastive_weights"]
    scale = ["--updates", "0", "--songs", "1", "--cases", "1", "--iterations", "60", "--samples", "32"]
    report = tmp_path / "report"
    places = ["--cache-dir", tmp_path / "cache", "--report-dir", report, "-o", f"cache_dir={tmp_path / 'pytest'}"]
    chosen = ["--corpus", shared_corpus_folder, "--detector", "toys:layered", "--explainer", "both-*", "-n", "0"]
    finished = run(installed, *PYTEST, "benchmarks", *few, *scale, *places, *chosen)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    records, manifest = read_run(report)
    assert set(records["explainer"]) >= {"both-ends"}
    assert not (records["metric"] == "failed").any()
    assert set(records[(records["metric"] == "queries") & (records["explainer"] == "both-ends")]["value"]) == {42}
    assert manifest["explainers"]["both-ends"]["library"] == "both-ends"
    assert f"isolation {manifest['options']['isolation']}: " in finished.stdout
    assert "both-ends" in (report / "leaderboard.md").read_text()


def test_it_meets_the_contract(installed):
    kit = ["--pyargs", "veracity_bench.conformance", "--explainer", "both-ends", "-p", "no:cacheprovider"]
    finished = run(installed, *PYTEST, *kit)
    assert finished.returncode == 0, finished.stdout + finished.stderr
