"""Whole runs with what users get wrong: explainers, corpora, options."""

import re
import shutil

import pytest
from tiny_run import RECORDS_ALONE, benchmark

from veracity_bench.reports.leaderboard import render
from veracity_bench.reports.measurements.records import read_run


def test_broken_explainers_keep_their_rows_and_harm_no_other(run, shared_corpus_folder):
    breaks = {
        "toys:broken": "raised RuntimeError: this explainer is broken",
        "misbehaving:dies": "ended its process with exit code 7; it was not run again",
        "misbehaving:hangs": "took more than 5 s and was stopped; it was not run again",
    }
    explainers = [*breaks, "delta-norm", "misbehaving:babbles"]
    options = [option for name in explainers for option in ("--explainer", name)]
    options += ["--detector", "toys:layered", "--time-limit", "5", "-n", "0", "--songs", "1", "--attack", "waveform"]
    options += ["-k", "flip_at_k", *RECORDS_ALONE]
    out = run[1]
    before, _ = read_run(out / "report")
    finished = benchmark(shared_corpus_folder, out, *options, "--report-dir", out / "broken")
    assert finished.returncode == 1, finished.stdout + finished.stderr
    records, manifest = read_run(out / "broken")
    failed = records[records["metric"] == "failed"]
    reasons = failed.groupby("explainer")["reason"].agg(set).to_dict()
    assert reasons == {name: {f"explainer {name} {reason}"} for name, reason in breaks.items()}
    board = render(records, manifest)
    assert all(re.search(rf"^\| *{name}", board, re.MULTILINE) for name in explainers if name != "delta-norm")
    assert (records["explainer"] == "misbehaving:babbles").any()
    columns = ["experiment", "attack", "direction", "song", "case", "metric", "k", "value"]
    place = ["explainer", "song", "experiment", "attack"]
    norm, norm_before = (
        table.set_index(place).loc[[("delta-norm", "c", "flip_at_k", "waveform")]].reset_index()[columns]
        for table in (records, before)
    )
    assert norm.astype(object).equals(norm_before.astype(object)), "categories differ, values do not"


def test_labels_that_end_early_are_a_warning_and_stop_nothing(corpus_folder, tmp_path):
    (corpus_folder / "labels" / "c.lab").write_text("0 2 nosing\n2 2.5 sing\n")
    small = ["--songs", "1", "--attack", "waveform", "--explainer", "delta-norm", "-k", "flip_at_k", *RECORDS_ALONE]
    finished = benchmark(corpus_folder, tmp_path, "--detector", "toys:layered", "-n", "0", *small)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "c.lab: 1.5 of 4.0 s carry no label" in finished.stdout + finished.stderr


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--corpus", "{empty}", "--collect-only"], "cannot be read as a list of audio file names"),
        (["--corpus", "{empty}"], "cannot be read as a list of audio file names"),
        (["--corpus", "{twice}", "--detector", "toys:layered"], "d.wav: holds the same recording as a.wav"),
        (["--detector", "toys:Picky"], "toys:Picky"),
        (["--detector", "faulty_detectors:Sigmoid"], "detector faulty_detectors:Sigmoid ends in a sigmoid"),
    ],
    ids=["corpus of a collection", "corpus", "recording", "input", "probe"],
)
def test_what_the_user_gets_wrong_is_one_sentence(shared_corpus_folder, tmp_path, options, sentence):
    (tmp_path / "empty").mkdir()
    shutil.copytree(shared_corpus_folder, tmp_path / "twice")
    shutil.copy(tmp_path / "twice/audio/a.wav", tmp_path / "twice/audio/d.wav")
    options = [option.format(empty=tmp_path / "empty", twice=tmp_path / "twice") for option in options]
    finished = benchmark(shared_corpus_folder, tmp_path, "-n", "0", *options)
    output = finished.stdout + finished.stderr
    assert finished.returncode == pytest.ExitCode.USAGE_ERROR, output
    assert sentence in output
    assert "Traceback" not in output
    assert "ERROR collecting" not in output
