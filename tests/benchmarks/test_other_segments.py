"""Whole runs on other detectors and segments, with and without oracle."""

import re

import pytest
from tiny_run import RECORDS_ALONE, benchmark

from veracity_bench.fixtures.explanations.references import BOUNDS
from veracity_bench.reports.measurements.records import read_run

# Known answers have detectors and segments of their own, whatever a run is about.
OWN = ["-n", "0", "--songs", "1", "-k", "not known_answers"]


def test_a_detector_of_forward_passes_has_bounds_in_place_of_oracles(shared_corpus_folder, tmp_path):
    options = ["--explainer", "lime", "--explainer", "delta-norm", "--explainer", "shapley-*"]
    options += ["--detector", "toys:Loudness", *RECORDS_ALONE]
    finished = benchmark(shared_corpus_folder, tmp_path, *OWN, *options)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert (
        "with bounds in place of the oracle and without exact references: Loudness is no nn.Sequential"
        in finished.stdout
    )
    records, _ = read_run(tmp_path / "report")
    assert set(records["explainer"]) == {"", "best-found", "delta-norm", "lime", "random"}
    flips = records[records["metric"] == "flip"].pivot_table("value", ["attack", "direction", "k"], "explainer")
    assert flips["random"].le(flips["best-found"]).all()
    assert (flips["best-found"].xs(20, level="k") == 1).all()
    at_most = records[records["metric"] == "flip_at_most"].set_index(["attack", "direction", "k"])["value"]
    assert flips["lime"].le(at_most).all()
    passes = records[(records["metric"] == "queries") & (records["explainer"] == "best-found")]["value"]
    assert passes.between(300, 1024).all()


@pytest.mark.parametrize(
    ("name", "about", "n"),
    [("time", "10 in time", 10), ("components", "harmonic and percussive x 5 in time", 10)],
)
def test_other_segments_have_oracles_and_a_board_of_their_own(shared_corpus_folder, tmp_path, name, about, n):
    explainers = ["lime", "delta-norm", "shapley-*"]
    options = [option for explainer in explainers for option in ("--explainer", explainer)]
    options += ["--segments", name, "--detector", "toys:layered"]
    finished = benchmark(shared_corpus_folder, tmp_path, *OWN, *options)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert f"segments {name}, {about}" in finished.stdout
    records, manifest = read_run(tmp_path / "report")
    assert manifest["measured"]["segments"] == f"{name}, {about}"
    flips = records[records["metric"] == "flip"].pivot_table("value", index="k", columns="explainer")
    assert set(flips) == {"lime", "delta-norm", "shapley-insertion", "shapley-masking", *BOUNDS}
    assert flips.index.tolist() == list(range(1, n + 1))
    assert (flips.loc[n] == 1).all()
    assert flips.le(flips["oracle"], axis=0).all(axis=None)
    board = (tmp_path / "report" / "leaderboard.md").read_text(encoding="utf-8")
    assert f"segments: {name}, {about};" in board
    assert f"all 2^{n} = {2**n:,} sets of segments" in board
    assert not re.search(r"\b20\b", board.split("## How to read this board")[1].split("\n## ")[0])
