"""What a whole run records, and shows: a tiny corpus, a toy detector, some explainers."""

import re

import pytest
from tiny_run import EXPLAINERS

from veracity_bench.fixtures.explanations.references import BOUNDS, REFERENCES
from veracity_bench.reports.measurements.excerpts import read_excerpts


def test_a_run_succeeds_and_shows_the_board(run):
    finished, _ = run
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "The whole board:" in finished.stdout
    assert "its coalitions of segments are evaluated by tables of segment patterns" in finished.stdout


def test_the_excerpts_of_all_cases_are_kept_with_their_sounds(run):
    """Two attacks, two directions, two songs, and a drawing on each of the songs, which has no sound."""
    excerpts = read_excerpts(run[1] / "report")
    assert len({(one.attack, one.direction, one.song) for one in excerpts}) == 8 + 2
    for one in excerpts:
        assert set(one.sounds) == (set() if one.variant else {"clean", "adversarial", "perturbation"})
    page = (run[1] / "report" / "leaderboard.html").read_text(encoding="utf-8")
    assert page.count("data:audio/mpeg") == 3 * 8
    assert "10 of 10 excerpts measured are shown." in page
    assert len(page) < 1_200_000 + 10 * 100_000, "figures aside, sixty excerpts would take more than 6 MB"


def test_every_explainer_is_scored_on_every_case(records):
    assert records[records["metric"] == "unfilled"]["value"].sum() == 0
    scored = records[(records["metric"] == "flip") & (records["k"] == 20)].groupby("explainer")["value"].agg(list)
    assert scored.to_dict() == {name: [1.0] * 8 for name in {*REFERENCES, *BOUNDS, *EXPLAINERS} - {"grad-cam"}}


def test_an_explainer_that_is_not_applicable_keeps_its_row_and_fails_nothing(run, records):
    """The toy holds no convolution."""
    assert "failed" not in set(records["metric"])
    refused = records[records["metric"] == "not_applicable"]
    assert set(refused["explainer"]) == {"grad-cam"}
    assert set(refused["reason"]) == {"class activation maps need a detector that holds an nn.Conv2d"}
    board = (run[1] / "report" / "leaderboard.md").read_text()
    assert re.search(r"^\| *grad-cam *\| *not applicable", board, re.MULTILINE)
    assert "Nothing failed." in board


def test_the_detector_is_scored_once_per_training_run(records):
    """What comes trained has one. The toy errs on little of what is loud."""
    scored = records[records["experiment"] == "detector"]
    assert set(scored["variant"]) == {"seed 0"}
    scores = scored.set_index("metric")["value"]
    assert sorted(scores.index) == ["auc", "error", "recall", "specificity", "threshold"]
    assert scores["error"] < 0.15
    assert scores[["auc", "recall", "specificity"]].gt(0.8).all()


def test_exact_methods_get_what_theory_demands_in_every_run(run, records):
    known = records[records["experiment"] == "known_answers"]
    assert set(known["metric"]) == {"known_answer"}
    contrastive = known[known["variant"].str.endswith("contrastive")].groupby("variant")["value"].agg(set)
    assert contrastive.pop("ignores its input, contrastive") == {0}
    assert contrastive.tolist() == [{1}] * 5
    board = (run[1] / "report" / "leaderboard.md").read_text()
    assert "## What a perfect explainer gets" in board
    assert "calibration failed" not in board


def test_weights_are_recorded_for_the_target(records):
    """The toy is sensitive to segments 9 and 10 alone."""
    weights = records[(records["metric"] == "weight") & (records["explainer"] == "saliency")]
    means = weights["value"].abs().groupby(weights["k"]).mean()
    assert len(weights) == 8 * 20
    assert set(means[means > 1e-6].index) == {9, 10}


def test_sampling_explainers_are_measured_with_several_budgets(records):
    """32 queries are all that this run allows, and as many as the least budget."""
    budget = records[records["experiment"] == "budget"]
    assert set(budget["explainer"]) == {"kernel-shap", "lime"}
    assert set(budget["samples"]) == {32}
    assert budget[budget["metric"] == "budget_queries"]["value"].le(32).all()
    assert budget[budget["metric"] == "budget_correlation"]["value"].between(-1, 1).all()


def test_the_bounds_hold(records):
    """The toy is sensitive to two segments: alone each of them may flip, both always do, and others are of no use."""
    flips = records[records["metric"] == "flip"].pivot_table("value", index="k", columns="explainer")
    assert (flips.le(flips["oracle"], axis=0)).all(axis=None)
    assert (flips.loc[2:, "oracle"] == 1).all()
    one = flips.loc[1, "oracle"]
    assert flips.loc[19, "random"] == pytest.approx(one + (1 - one) * 18 / 20, abs=0.1)
    for facts in ("smallest", "smallest_sets", "flipping", "non_monotone"):
        assert (records["metric"] == facts).sum() == 8
    assert set(records[records["metric"] == "smallest"]["value"]) <= {1, 2}
    assert set(records[records["metric"] == "non_monotone"]["value"]) == {0}


def test_perturbations_are_planted_in_three_ways(records):
    """By norm, by the oracle (whose segments are those of the toy), and by attacks confined to some drawn at random."""
    assert set(records[records["metric"] == "member"]["k"]) <= {9, 10}
    explained = records[records["explainer"] == "saliency"].groupby("metric")["value"].agg(list)
    assert len(explained["found"]) >= len(explained["oracle_found"]) == 4, "of the one song that studies measure"
    by_norm = records[(records["metric"] == "found") & (records["explainer"] == "delta-norm")]
    assert by_norm["value"].tolist() == by_norm["k"].tolist(), "only what is perturbed is planted"
    slots, filled = (records[records["metric"] == f"confined_{name}"]["value"] for name in ("slots", "successes"))
    assert slots.tolist() == [1] * 12, "two attacks, two directions, one song, three numbers of segments"
    assert len(explained.get("confined_found", [])) == filled.sum()


def test_explainers_are_measured_on_drawings(records):
    drawings = records[records["experiment"] == "drawings"]
    assert drawings[drawings["metric"] == "drawings_unfilled"]["value"].tolist() == [0, 0]
    touched = drawings[drawings["metric"] == "touched"]
    assert set(touched["explainer"]) == {*REFERENCES, "random", *EXPLAINERS} - {"grad-cam"}
    assert touched.groupby("song")["variant"].agg(set).to_dict() == {"c": {"blob"}, "d": {"sine"}}
    assert touched["value"].between(0, 1).all()
    assert set(touched[touched["explainer"] == "delta-norm"]["value"]) == {1}


def test_the_perturbation_is_where_the_detector_is_sensitive(records):
    """The toy is sensitive to segments 9 and 10 alone: the attack changes nothing else, so two segments always flip."""
    flips = records[(records["metric"] == "flip") & (records["k"] == 2) & (records["explainer"] == "delta-norm")]
    assert flips["value"].tolist() == [1.0] * 8


def test_one_of_two_segments_flips_what_has_less_than_half_of_the_way_to_go(records):
    """The toy adds up two segments, so the larger of both makes half of the way or more."""
    cases = ["attack", "direction", "song"]
    shares = records[records["metric"] == "threshold_share"].set_index(cases)["value"]
    alone = records[(records["metric"] == "flip") & (records["k"] == 1) & (records["explainer"] == "oracle")]
    assert len(shares) == 8
    assert shares.between(0, 1, inclusive="neither").all()
    assert set(alone.set_index(cases)["value"][shares.index[shares < 0.5]]) == {1}
