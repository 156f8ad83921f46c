from dataclasses import replace

from boards import cells, curve, failure, flips, material, refusal, row
from boards import overall as scores_of

from veracity_bench.reports import leaderboard, page, parts
from veracity_bench.reports.layout.columns import Column
from veracity_bench.reports.leaderboard import Board
from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.sections import how_to_read, overall


def test_flips_by_hand():
    """Song a flips from k = 1 and from k = 11 on, song b never: 20 + 10 + 0 of 60 flips, 1 of 3 at k = 3."""
    board = scores_of([*flips("lime", 1), *flips("lime", 11, case=1), *flips("lime", 99, song="b")])
    assert board["lime"]["mean flip"] == "50 [0, 100]"
    assert board["lime"]["flip@3"] == "33 [0, 100]"
    assert board["lime"]["cases"] == "3"
    assert board["lime"]["failed"] == "-"


def test_perfect_and_hopeless_explainers_reach_the_limits():
    rows = [
        measure
        for explainer, share in (("perfect", 1), ("hopeless", 0))
        for song in "abcdef"
        for measure in [
            *flips(explainer, 1 if share else 99, song=song),
            row("flip_positive", share, 7, explainer=explainer, song=song),
            *(row("found", share * k, k, explainer=explainer, song=song, experiment="localisation") for k in (1, 3, 5)),
            row("fidelity", share, explainer=explainer, song=song, experiment="fidelity"),
        ]
    ]
    shares = ["flip@3", "mean flip", "flip@positive", "loc@1", "loc@3", "loc@5"]
    board = scores_of(rows)
    assert list(board) == ["perfect", "hopeless"]
    assert [board["perfect"][share] for share in shares] == ["100 [51, 100]"] * 6
    assert [board["hopeless"][share] for share in shares] == ["0 [0, 49]"] * 6
    assert (board["perfect"]["fidelity"], board["hopeless"]["fidelity"]) == ("1.00 [1.00, 1.00]", "0.00 [0.00, 0.00]")


def test_localisation_is_a_share_of_the_planted_segments():
    rows = [row("found", found, 5, case=case, experiment="localisation") for case, found in enumerate([1, 3, 2])]
    assert scores_of(rows)["lime"]["loc@5"] == "40"
    assert scores_of(rows)["lime"]["loc@3"] == "-"


def test_the_first_row_counts_the_excerpts_of_each_score_whoever_explained_them():
    """Of two excerpts with bounds, one leaves the oracle room above chance."""
    rows = [
        *(row("found", 1, 1, explainer=name, song=song, case=1) for name in ("lime", "shap") for song in "ab"),
        row("found", 1, 1, explainer="shap", condition=(1, 0)),
        row("found", 2, 3, explainer="shap"),
        *(flip for name in ("oracle", "random", "lime") for flip in curve(name, [0, 1])),
        *curve("oracle", [1, 1], song="b"),
        *curve("random", [0, 1], song="b"),
        *curve("lime", [1, 1, 1], song="c"),
    ]
    assert cells(overall.overall(material(rows)))["excerpts"] == ["3", "1", "1", "-", "3", "1", *["-"] * 6]


def test_costs_are_medians():
    costs = [(8000, 1.5), (8192, 2.0), (9000, 90.0)]
    rows = [
        row(metric, value, case=case, experiment="cost")
        for case, pair in enumerate(costs)
        for metric, value in zip(("queries", "seconds"), pair, strict=True)
    ]
    assert (scores_of(rows)["lime"]["queries"], scores_of(rows)["lime"]["seconds"]) == ("8192", "2.000")


def test_the_best_mean_flip_comes_first_and_references_are_marked():
    explainers = {"random": 15, "lime": 9, "delta-norm": 3, "shap": 9}
    rows = [flip for explainer, smallest in explainers.items() for flip in flips(explainer, smallest)]
    assert list(scores_of(rows)) == ["*delta-norm*", "lime", "shap", "*random*"]


def test_a_failed_explainer_keeps_its_row():
    rows = [*flips("lime", 9), failure("broken", "RuntimeError: boom"), failure("lime", "ValueError: NaN", case=1)]
    board = scores_of(rows)
    assert list(board) == ["lime", "broken"]
    assert set(board["broken"].values()) == {"failed", "0", "1"}
    assert (board["lime"]["failed"], board["lime"]["cases"], board["lime"]["flip@3"]) == ("1", "1", "0")


def test_an_explainer_that_is_hardly_ever_applicable_shows_why_it_has_no_score():
    """It happened to add up once, in a study: that is no score."""
    once = row("contrastive_found", 1, 1, explainer="deep-lift", experiment="contrastive")
    rows = [*flips("lime", 9), refusal("deep-lift", "does not add up"), once]
    assert scores_of(rows)["deep-lift"]["mean flip"] == "not applicable"
    assert scores_of([*rows, refusal("lime", "no", case=1)])["lime"]["flip@positive"] == "-", "nobody has it"


def test_the_bounds_frame_the_board_and_have_no_other_scores():
    """Random flips half as often as the oracle at every k; lime as often, but for k = 1 and 2."""
    rows = [
        *flips("oracle", 1, experiment="oracle"),
        row("queries", 2**20, explainer="oracle", experiment="oracle"),
        row("seconds", 3, explainer="oracle", experiment="oracle"),
        *flips("lime", 3),
        *curve("random", [0.5] * 20, experiment="oracle"),
        row("flip_positive", 0.25, 10, explainer="random", experiment="oracle"),
        *(row("found", k * k / 20, k, explainer="random", experiment="oracle") for k in (1, 3, 5)),
        row("smallest", 1, explainer="", experiment="oracle"),
    ]
    board = scores_of(rows)
    assert list(board) == ["*oracle*", "lime", "*random*"]
    assert {name: list(scores.values()) for name, scores in board.items()} == {
        "*oracle*": ["100", "100", "100", *["-"] * 5, "1048576", "3.000", "1", "-"],
        "lime": ["90", "80", "100", *["-"] * 7, "1", "-"],
        "*random*": ["50", "0", "50", "25", "5", "15", "25", *["-"] * 3, "1", "-"],
    }


def test_a_new_column_is_one_entry_for_board_readme_and_page(monkeypatch):
    column = Column("songs", lambda row: str(row.records["song"].nunique()), legend="**songs**: of {n}.", brief=True)
    columns = (*overall.COLUMNS, column)
    for module in (overall, parts, how_to_read):
        monkeypatch.setattr(module, "COLUMNS", columns)
    records = table([*flips("lime", 3), *flips("lime", 3, song="b")])
    board = leaderboard.render(records, {})
    assert "|   songs |" in board
    assert "- **songs**: of 20." in board
    assert cells(parts.board(records, {}))["lime"][-1] == "2"
    assert ">songs</button>" in page.render(records, {}, [], board=Board("", {}))


def test_a_column_is_shown_where_a_run_has_it():
    never = replace(overall.COLUMNS[0], title="never", shown=lambda records: False)
    headers, _ = overall.cells(table(flips("lime", 3)), (*overall.COLUMNS[:1], never))
    assert headers == ["explainer", "mean flip"]


def test_without_explainers_there_is_a_sentence_and_without_records_nothing():
    facts = [row("attempts", 3, explainer="", experiment="attack", case=-1)]
    assert overall.overall(material(facts)) == "No explanation of an adversarial excerpt was measured."
    assert overall.overall(material([])) == "-"
