"""Runs on classifiers that come trained, as their users start them."""

import json

import pandas as pd
import pytest
import tiny_run

FEW = ["benchmarks/test_flip_at_k.py", "benchmarks/test_attack.py"]
TINY = ["--cases", "1", "--songs", "1", "--iterations", "100", "--confidence", "0.1", "--samples", "64", "-q"]
EXPLAINERS = ["--explainer", "lime", "--explainer", "saliency", "-p", "no:hypothesispytest"]


def run(out, *options):
    chosen = [*tiny_run.places(out), *TINY, *EXPLAINERS, *tiny_run.RECORDS_ALONE, *options]
    return tiny_run.pytest_of([*FEW, *map(str, chosen)], out)


def results(out):
    records = pd.read_parquet(out / "report" / "records.parquet")
    return records, json.loads((out / "report" / "manifest.json").read_text())


@pytest.fixture(scope="module")
def classes(tmp_path_factory, shared_corpus_folder):
    out = tmp_path_factory.mktemp("winner")
    subject = ["--corpus", shared_corpus_folder, "--classifier", "toy_classifiers:winner"]
    ended = run(out, *subject, "--explainer", "learners:Loudest", "-n", "2")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return results(out)


def test_with_several_classes_excerpts_go_to_their_runner_up(classes):
    records, manifest = classes
    assert set(records["direction"]) == {"predicted_to_runner_up"}
    assert {"lime", "saliency", "learners:Loudest"} <= set(records["explainer"])
    assert set(records["attack"]) == {"waveform", "spectrogram"}
    assert manifest["measured"]["classifier"] == "toy_classifiers:winner"
    assert manifest["measured"]["excerpts"] == "0.5 s at 8000 Hz, represented as 30 x 16"


def test_an_explainer_that_learns_from_training_songs_does_so_once(classes):
    records, _ = classes
    training = records[records["metric"] == "training_seconds"]
    assert set(training["explainer"]) == {"learners:Loudest"}
    assert training["value"].nunique() == 1, "two workers, one fit"


def test_with_all_of_the_perturbation_every_excerpt_flips(classes):
    records, _ = classes
    whole = records[(records["metric"] == "flip") & (records["k"] == 20)]
    assert len(whole) > 0
    assert (whole["value"] == 1).all()


def test_a_classifier_of_waveforms_runs_on_any_folder(tmp_path, shared_corpus_folder):
    ended = run(
        tmp_path,
        "--audio",
        shared_corpus_folder / "audio",
        "--classifier",
        "toy_classifiers:waveform",
        "--explainer",
        "toy_classifiers:steepest",
        "-n",
        "0",
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    records, manifest = results(tmp_path)
    assert set(records["attack"]) == {"waveform"}
    assert "toy_classifiers:steepest" in set(records["explainer"])
    assert records["k"].max() == 10, "ten stretches of time"
    assert "left out" in manifest["options"]["spectrogram"]
