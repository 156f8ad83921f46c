"""The whole benchmark as its users start it: a subprocess, on a tiny corpus and a toy detector."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from veracity_bench.fixtures.explanations.references import BOUNDS, REFERENCES
from veracity_bench.reports.measurements.excerpts import read_excerpts
from veracity_bench.reports.measurements.records import read_run

ROOT = Path(__file__).parents[2]
TOYS = ROOT / "tests" / "fixtures" / "toys"
EXPLAINERS = ["grad-cam", "kernel-shap", "lime", "saliency"]
ALL = [option for name in [*EXPLAINERS, *REFERENCES] for option in ("--explainer", name)]
TINY = ["--updates", "0", "--cases", "1", "--attempts", "2", "--iterations", "60", "--samples", "32"]
# One study is left to tests/benchmarks/test_studies.py: whatever the options, it takes 160,000 queries a case.
TINY += ["--study-songs", "1", "--deselect", "benchmarks/test_stability.py::test_seeds"]


def command(corpus, out, *options):
    """Benchmark `corpus`; the cache, the records and pytest's own files go to `out`."""
    paths = ["--cache-dir", out / "cache", "--report-dir", out / "report", "-o", f"cache_dir={out / 'pytest'}"]
    arguments = [sys.executable, "-m", "pytest", "benchmarks", "--corpus", corpus, *paths, *TINY, *options]
    environment = os.environ | {"PYTHONPATH": str(TOYS), "OMP_NUM_THREADS": "1"}
    return {"args": list(map(str, arguments)), "cwd": ROOT, "env": environment}


def benchmark(corpus, out, *options):
    """Run a benchmark to its end."""
    return subprocess.run(**command(corpus, out, *options), capture_output=True, text=True, check=False, timeout=240)


def board_without_time(out):
    """The board without its column of seconds and its section on timing."""
    board = (out / "report" / "leaderboard.md").read_text(encoding="utf-8").split("## Timing")[0]
    rows = [line.split("|") for line in board.splitlines()]
    seconds = {i for row in rows for i, cell in enumerate(row) if "seconds" in cell}
    assert seconds, "the board has no column of seconds"
    return "\n".join("|".join(c for i, c in enumerate(row) if i not in seconds or len(row) < 3) for row in rows)


@pytest.fixture(scope="module")
def run(tmp_path_factory, shared_corpus_folder):
    """Run some explainers on the tiny corpus once, without workers: the finished process and where it wrote."""
    out = tmp_path_factory.mktemp("run")
    return benchmark(shared_corpus_folder, out, "--detector", "toys:layered", "-n", "0", *ALL), out


def test_a_run_succeeds_and_shows_the_board(run):
    finished, _ = run
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "The whole board:" in finished.stdout
    assert "its coalitions of segments are evaluated by tables of segment patterns" in finished.stdout


def test_the_excerpts_of_all_cases_are_kept_to_see_and_hear(run):
    """Two attacks, two directions, two songs, and a drawing on each of the songs, which has no sound."""
    excerpts = read_excerpts(run[1] / "report")
    assert len({(one.attack, one.direction, one.song) for one in excerpts}) == 8 + 2
    for one in excerpts:
        assert set(one.sounds) == (set() if one.variant else {"clean", "adversarial", "perturbation"})
    page = (run[1] / "report" / "leaderboard.html").read_text(encoding="utf-8")
    assert page.count("data:audio/mpeg") == 3 * 8
    assert "10 of 10 excerpts measured are shown." in page
    assert len(page) < 900_000 + 10 * 100_000, "sixty excerpts would take more than 6 MB"


def test_every_explainer_is_scored_on_every_case(run):
    records, _ = read_run(run[1] / "report")
    assert records[records["metric"] == "unfilled"]["value"].sum() == 0
    scored = records[(records["metric"] == "flip") & (records["k"] == 20)].groupby("explainer")["value"].agg(list)
    assert scored.to_dict() == {name: [1.0] * 8 for name in {*REFERENCES, *BOUNDS, *EXPLAINERS} - {"grad-cam"}}


def test_an_explainer_that_is_not_applicable_says_so_and_fails_nothing(run):
    """The toy holds no convolution."""
    records, _ = read_run(run[1] / "report")
    failed = records[records["metric"] == "failed"]
    assert set(failed["explainer"]) == {"grad-cam"}
    assert set(failed["reason"]) == {"class activation maps need a detector that holds an nn.Conv2d"}
    assert re.search(r"^\| *grad-cam", (run[1] / "report" / "leaderboard.md").read_text(), re.MULTILINE)


def test_the_detector_is_scored_once_per_training_run(run):
    """What comes trained has one. The toy hears almost all that is loud."""
    records, _ = read_run(run[1] / "report")
    scored = records[records["experiment"] == "detector"]
    assert set(scored["variant"]) == {"seed 0"}
    scores = scored.set_index("metric")["value"]
    assert sorted(scores.index) == ["auc", "error", "recall", "specificity", "threshold"]
    assert scores["error"] < 0.15
    assert scores[["auc", "recall", "specificity"]].gt(0.8).all()


def test_weights_are_recorded_for_the_target(run):
    """Segments 9 and 10 alone are heard."""
    records, _ = read_run(run[1] / "report")
    weights = records[(records["metric"] == "weight") & (records["explainer"] == "saliency")]
    means = weights["value"].abs().groupby(weights["k"]).mean()
    assert len(weights) == 8 * 20
    assert set(means[means > 1e-6].index) == {9, 10}


def test_sampling_explainers_are_asked_with_several_budgets(run):
    """32 queries are all that this run allows, and as many as the least budget."""
    records, _ = read_run(run[1] / "report")
    budget = records[records["experiment"] == "budget"]
    assert set(budget["explainer"]) == {"kernel-shap", "lime"}
    assert set(budget["samples"]) == {32}
    assert budget[budget["metric"] == "budget_queries"]["value"].le(32).all()
    assert budget[budget["metric"] == "budget_correlation"]["value"].between(-1, 1).all()


def test_studies_ask_about_the_first_song(run):
    """Four places of one case each; grad-cam is not applicable."""
    records, _ = read_run(run[1] / "report")
    studies = records[records["experiment"].isin(["sanity", "fooling", "stability"]) & (records["metric"] != "failed")]
    assert set(studies["song"]) == {"c"}
    asked = set(EXPLAINERS) - {"grad-cam"}
    for metric, explainers in {
        "shuffled_correlation": asked | set(REFERENCES),
        "swapped_correlation": asked | set(REFERENCES),
        "fooled": asked | {"random"},
        "fooled_correlation": asked,
    }.items():
        counts = studies[studies["metric"] == metric].groupby("explainer").size()
        assert counts.to_dict() == dict.fromkeys(explainers, 4)
    for metric, explainers in {"reversed_flip": asked | set(REFERENCES), "content_flip": {"lime"}}.items():
        chosen = studies[studies["metric"] == metric]
        assert set(chosen["explainer"]) == explainers
        counts = chosen.groupby(["explainer", "variant", "direction", "attack"]).size()
        assert set(counts) == {20}


def test_studies_tell_who_looks_at_the_detector(run):
    records, _ = read_run(run[1] / "report")
    means = records.groupby(["metric", "explainer"])["value"].mean()
    assert means["swapped_correlation"][["lime", "saliency"]].to_numpy() == pytest.approx(-1)
    assert means["swapped_correlation"]["delta-norm"] == means["shuffled_correlation"]["delta-norm"] == 1
    assert abs(means["shuffled_correlation"]["saliency"]) < 0.5
    assert means["fooled"][["lime", "saliency"]].tolist() == [1, 0]
    assert means["fooled"]["random"] == pytest.approx(1 / 20)
    assert means["fooled_correlation"]["saliency"] == pytest.approx(1)
    flips = records[records["k"].between(1, 19)].groupby(["metric", "explainer"])["value"].mean()
    assert flips["reversed_flip"]["delta-norm"] < 0.1
    assert flips["flip"]["delta-norm"] > 0.9


def test_the_bounds_hold(run):
    """Two segments are heard: alone each of them may flip, both always do, and others are of no use."""
    records, _ = read_run(run[1] / "report")
    flips = records[records["metric"] == "flip"].pivot_table("value", index="k", columns="explainer")
    assert (flips.le(flips["oracle"], axis=0)).all(axis=None)
    assert (flips.loc[2:, "oracle"] == 1).all()
    one = flips.loc[1, "oracle"]
    assert flips.loc[19, "random"] == pytest.approx(one + (1 - one) * 18 / 20, abs=0.1)
    for facts in ("smallest", "smallest_sets", "flipping", "non_monotone"):
        assert (records["metric"] == facts).sum() == 8
    assert set(records[records["metric"] == "smallest"]["value"]) <= {1, 2}
    assert set(records[records["metric"] == "non_monotone"]["value"]) == {0}


def test_perturbations_are_planted_in_three_ways(run):
    """By norm, by the oracle (who names segments that are heard), and by attacks confined to some drawn at random."""
    records, _ = read_run(run[1] / "report")
    assert set(records[records["metric"] == "member"]["k"]) <= {9, 10}
    explained = records[records["explainer"] == "saliency"].groupby("metric")["value"].agg(list)
    assert len(explained["found"]) >= len(explained["oracle_found"]) == 8
    slots, filled = (records[records["metric"] == f"confined_{name}"]["value"] for name in ("slots", "successes"))
    assert slots.tolist() == [1] * 12, "two attacks, two directions, one song, three numbers of segments"
    assert len(explained.get("confined_found", [])) == filled.sum()


def test_explainers_are_asked_about_drawings(run):
    records, _ = read_run(run[1] / "report")
    drawings = records[records["experiment"] == "drawings"]
    assert drawings[drawings["metric"] == "drawings_unfilled"]["value"].tolist() == [0, 0]
    touched = drawings[drawings["metric"] == "touched"]
    assert set(touched["explainer"]) == {*REFERENCES, "random", *EXPLAINERS} - {"grad-cam"}
    assert touched.groupby("song")["variant"].agg(set).to_dict() == {"c": {"blob"}, "d": {"sine"}}
    assert touched["value"].between(0, 1).all()
    assert set(touched[touched["explainer"] == "delta-norm"]["value"]) == {1}


def test_a_detector_of_forward_passes_goes_without_oracles(shared_corpus_folder, tmp_path):
    options = ["--explainer", "lime", "--explainer", "delta-norm", "--explainer", "shapley-*"]
    options += ["--detector", "toys:Loudness", "-n", "0", "--songs", "1"]
    finished = benchmark(shared_corpus_folder, tmp_path, *options)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "without oracle and exact references: Loudness is no nn.Sequential" in finished.stdout
    records, _ = read_run(tmp_path / "report")
    assert set(records["explainer"]) == {"", "delta-norm", "lime", "random"}
    flips = records[(records["metric"] == "flip") & (records["explainer"] == "random")]["value"]
    assert set(flips) == {0, 1}


@pytest.mark.parametrize(
    ("name", "about", "n"),
    [("time", "10 in time", 10), ("components", "harmonic and percussive x 5 in time", 10)],
)
def test_other_segments_have_oracles_and_a_board_of_their_own(shared_corpus_folder, tmp_path, name, about, n):
    asked = ["lime", "delta-norm", "shapley-*"]
    options = [option for explainer in asked for option in ("--explainer", explainer)]
    options += ["--segments", name, "--detector", "toys:layered", "-n", "0", "--songs", "1"]
    finished = benchmark(shared_corpus_folder, tmp_path, *options)
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


def test_the_perturbation_is_found_where_the_detector_listens(run):
    """The toy hears segments 9 and 10 alone: the attack changes nothing else, so two segments always flip."""
    records, _ = read_run(run[1] / "report")
    flips = records[(records["metric"] == "flip") & (records["k"] == 2) & (records["explainer"] == "delta-norm")]
    assert flips["value"].tolist() == [1.0] * 8


def test_two_workers_give_the_same_board(run, shared_corpus_folder, tmp_path):
    finished = benchmark(shared_corpus_folder, tmp_path, "--detector", "toys:layered", "-n", "2", "-v", *ALL)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert board_without_time(tmp_path) == board_without_time(run[1])
    # xdist 3.8 does not keep groups together under pytest 9.2, and says nothing.
    ran = re.findall(r"\[(gw\d)\].* (?:PASSED|SKIPPED) .*\[(\w+-\w+-[cd])[-\]]", finished.stdout)
    assert len(set(ran)) == len({place for _, place in ran}) == 10, "a song's items went to several workers"
    assert {worker for worker, _ in ran} == {"gw0", "gw1"}


def test_a_run_killed_among_its_attacks_goes_on_and_ends_with_the_same_board(run, shared_corpus_folder, tmp_path):
    options = ["--detector", "toys:layered", "-n", "0", *ALL]
    process = subprocess.Popen(**command(shared_corpus_folder, tmp_path, *options), stdout=subprocess.DEVNULL)
    while not list((tmp_path / "cache").glob("cases/*/checksums.json")):
        assert process.poll() is None, "the run ended before it was killed"
        time.sleep(0.01)
    process.kill()
    process.wait(timeout=30)
    assert not (tmp_path / "report").exists()
    assert benchmark(shared_corpus_folder, tmp_path, *options).returncode == 0
    assert board_without_time(tmp_path) == board_without_time(run[1])


def test_broken_explainers_keep_their_rows_and_harm_no_other(run, shared_corpus_folder):
    breaks = {
        "toys:broken": "raised RuntimeError: this explainer is broken",
        "misbehaving:dies": "ended its process with exit code 7; it was not asked again",
        "misbehaving:hangs": "took more than 5 s and was stopped; it was not asked again",
    }
    asked = [*breaks, "delta-norm", "misbehaving:babbles"]
    options = [option for name in asked for option in ("--explainer", name)]
    options += ["--detector", "toys:layered", "--time-limit", "5", "-n", "2", "--songs", "1"]
    out = run[1]
    before, _ = read_run(out / "report")
    finished = benchmark(shared_corpus_folder, out, *options, "--report-dir", out / "broken")
    assert finished.returncode == 1, finished.stdout + finished.stderr
    records, _ = read_run(out / "broken")
    failed = records[records["metric"] == "failed"]
    told = failed.groupby("explainer")["reason"].agg(set).to_dict()
    assert told == {name: {f"explainer {name} {reason}"} for name, reason in breaks.items()}
    board = (out / "broken" / "leaderboard.md").read_text()
    assert all(re.search(rf"^\| *{name}", board, re.MULTILINE) for name in asked if name != "delta-norm")
    assert (records["explainer"] == "misbehaving:babbles").any()
    columns = ["experiment", "attack", "direction", "song", "case", "metric", "k", "value"]
    norm, norm_before = (
        table[(table["explainer"] == "delta-norm") & (table["song"] == "c")][columns] for table in (records, before)
    )
    assert norm.reset_index(drop=True).equals(norm_before.reset_index(drop=True))


def test_labels_that_end_early_are_told_and_stop_nothing(corpus_folder, tmp_path):
    (corpus_folder / "labels" / "c.lab").write_text("0 2 nosing\n2 2.5 sing\n")
    small = ["--songs", "1", "--attack", "waveform", "--explainer", "delta-norm"]
    finished = benchmark(corpus_folder, tmp_path, "--detector", "toys:layered", "-n", "0", *small)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "c.lab: 1.5 of 4.0 s carry no label" in finished.stdout + finished.stderr


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--corpus", "{empty}"], "cannot be read as a list of audio file names"),
        (
            ["--detector", "nosuch"],
            "unknown name 'nosuch': choose one of cnn-2015, cnn-2018",
        ),
        (["--detector", "toys:Picky"], "toys:Picky"),
        (["--segments", "beats"], "invalid choice: 'beats' (choose from"),
    ],
    ids=["corpus", "detector", "input", "segments"],
)
def test_what_the_user_gets_wrong_is_one_sentence(shared_corpus_folder, tmp_path, options, sentence):
    (tmp_path / "empty").mkdir()
    options = [option.format(empty=tmp_path / "empty") for option in options]
    finished = benchmark(shared_corpus_folder, tmp_path, "-n", "0", *options)
    said = finished.stdout + finished.stderr
    assert finished.returncode == pytest.ExitCode.USAGE_ERROR, said
    assert sentence in said
    assert "Traceback" not in said
