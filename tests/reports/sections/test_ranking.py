import numpy as np
import pandas as pd
from boards import cells, curve, failure, section, weights

from veracity_bench.reports.leaderboard import render
from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.scores.complete_cases import flips_by_case
from veracity_bench.reports.scores.judgements import judge

SONGS = [f"song {i:02}" for i in range(10)]


def board(explainers, songs=SONGS):
    return [flip for name, flips in explainers.items() for song in songs for flip in curve(name, flips, song=song)]


def ranking(rows):
    records = rows if isinstance(rows, pd.DataFrame) else table(rows)
    return section(render(records, {}), "Ranking")


def test_a_clear_board():
    """Ten songs that agree: p = 2/1024, times at most 6 pairs."""
    levels = {"best": [1, 1], "*": [0, 1], "also": [0, 1], "worst": [0, 0], "delta-norm": [0.5, 1], "random": [0, 0.5]}
    shown = ranking(board(levels))
    assert "all 6 pairs" in shown
    assert "With so few songs" not in shown
    assert cells(shown) == {
        "explainer": ["mean flip", "rank", "Borda", "letters", "versus *random*", "versus *delta-norm*"],
        "best": ["100 [71, 100]", "1 [1, 1]", "1.0", "a", "above", "above"],
        "\\*": ["50 [35, 65]", "2.5 [2, 3]", "2.5", "b", "above", "below"],
        "also": ["50 [35, 65]", "2.5 [2, 3]", "2.5", "b", "above", "below"],
        "worst": ["0 [0, 29]", "4 [4, 4]", "4.0", "c", "below", "below"],
    }


def test_the_board_says_if_no_difference_can_be_significant():
    """Six songs: 2/64 for each of 3 pairs, or of 3 explainers, is 0.094."""
    shown = ranking(board({"good": [1], "fair": [0.5], "bad": [0], "random": [0.5]}, SONGS[:6]))
    for what in ("comparison of the first family", "pair"):
        assert (
            f"no {what} can be significant: the least p that 6 songs can reach is 0.094 after the correction" in shown
        )
    assert cells(shown)["good"][1] == "1 [1, 3]"
    assert cells(shown)["good"][-2:] == ["a", "undecided"]
    assert cells(shown)["bad"][-2:] == ["a", "undecided"]


def test_who_failed_has_no_rank_and_costs_the_others_no_excerpt():
    rows = [*board({"good": [1], "bad": [0]}), *curve("broken", [1], song=SONGS[0]), failure("broken", "boom", 1)]
    assert cells(ranking(rows))["broken"] == ["100", "-", "-", "-"]
    assert cells(ranking(rows))["bad"][1] == "2 [2, 2]"
    assert len(flips_by_case(table(rows))) == len(SONGS)


def test_a_failure_elsewhere_costs_no_rank():
    rows = [*board({"good": [1], "bad": [0]}), {**failure("good", "boom"), "experiment": "drawings"}]
    assert list(flips_by_case(table(rows))) == ["bad", "good"]


def test_an_excerpt_that_one_was_not_asked_about_does_not_count():
    rows = [*board({"good": [1], "bad": [0]}), *curve("good", [1], song="another")]
    assert "another" not in flips_by_case(table(rows)).index.get_level_values("song")


def test_one_explainer_among_references_has_no_ranking():
    assert "## Ranking" not in render(table(board({"lime": [1], "random": [0], "delta-norm": [1], "oracle": [1]})), {})


def test_twins_are_tested_once_and_share_the_result():
    """Of two songs more than five, with three pairs: 2/128 * 3; six pairs would be too many."""
    alike = [weight for name in ("lift", "twin") for song in SONGS[:7] for weight in weights(name, [1, 0], song=song)]
    shown = ranking([*board({"lift": [1], "twin": [1], "fair": [0.5], "bad": [0]}, SONGS[:7]), *alike])
    assert "share the result: twin as lift." in shown
    assert cells(shown)["lift"] == cells(shown)["twin"] == ["100 [58, 100]", "1.5 [1, 2]", "1.5", "a"]


def test_the_column_beside_delta_norm_is_the_claim_of_figure_2():
    """By the same test, on the same excerpts: also of what failed elsewhere, and of what is close."""
    rng = np.random.default_rng(0)
    flips = [
        flip
        for i, name in enumerate(["lime", "delta-norm", *"abcdefgh"])
        for song in SONGS
        for case in range(2)
        for flip in curve(name, (rng.random(5) < 0.3 + 0.05 * i).tolist(), song=song, case=case)
    ]
    records = table([*flips, failure("c", "boom", 1)])
    words = {"holds": "below", "does not hold": "above", "undecided": "undecided"}
    judged = {name: words[own[2].verdict] for name, own in judge(records).items()}
    column = cells(ranking(records))["explainer"].index("versus *delta-norm*")
    assert len(set(judged.values())) > 1
    assert {name: own[column] for name, own in cells(ranking(records)).items() if name != "explainer"} == judged
