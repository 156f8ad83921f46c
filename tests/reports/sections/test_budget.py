import pytest
from boards import budget, cells, curve, flips, row, section

from veracity_bench.reports.leaderboard import render
from veracity_bench.reports.measurements.records import table

BOUNDS = [*curve("oracle", [0, 1, 1]), *curve("random", [0, 0, 0.25])]


def tables(rows):
    parts = section(render(table(rows), {}), "Accuracy by budget of queries").split("### ")[1:]
    return {title: cells(body) for title, body in (part.split("\n\n", 1) for part in parts)}


def test_a_perfect_and_a_hopeless_answer():
    """Of 3/4 to gain, a flip gains all; no flip loses 1/4."""
    found = tables([*budget(32, 0, -1), *budget(128, 1, 1), *BOUNDS])
    assert found == {
        "Normalised flip@3": {"budget": ["32", "128"], "lime": ["-33", "100"]},
        "Correlation with the exact Shapley values": {"budget": ["32", "128"], "lime": ["-1.00", "1.00"]},
    }


def test_what_other_studies_ask_for_is_no_budget():
    found = tables([*budget(32, 1, 1), row("stability_overlap", 1, 3, samples=64), *BOUNDS])
    assert found["Normalised flip@3"] == {"budget": ["32"], "lime": ["100"]}


def test_songs_are_pooled_and_give_intervals():
    """Song a gains 1/2 of 1/2, song b loses 1/4 where 3/4 could be gained: (1/2 - 1/4) / (1/2 + 3/4) = 1/5."""
    rows = [
        *budget(32, 1, 0.5),
        *budget(32, 0, 0.25, song="b", condition=(1, 1)),
        *curve("oracle", [0, 0, 1]),
        *curve("random", [0, 0, 0.5]),
        *curve("oracle", [0, 0, 1], song="b", condition=(1, 1)),
        *curve("random", [0, 0, 0.25], song="b", condition=(1, 1)),
    ]
    flips, correlations = tables(rows).values()
    assert flips["lime"] == ["20 [-100, 100]"]
    assert correlations["lime"] == ["0.38 [-1.00, 1.00]"]


def test_queries_are_told_where_they_are_not_the_budget():
    """Medians over excerpts: 41, 41 and 123."""
    rows = [
        *(line for case in range(3) for line in budget(32, 0, 0.5, 123 if case else 41, "permutation-shap", case=case)),
        *budget(128, 0, 0.5),
    ]
    assert tables(rows)["Queries really spent"] == {
        "budget": ["32", "128"],
        "lime": ["-", "128"],
        "permutation-shap": ["123", "-"],
    }


def test_rows_have_the_order_of_the_board_and_budgets_that_of_numbers():
    rows = [flip for name, smallest in (("lime", 9), ("rise", 2)) for flip in flips(name, smallest)]
    rows += [*budget(128, 0, 0), *budget(32, 0, 0), *budget(1024, 0, 0, explainer="rise"), *BOUNDS]
    found = tables(rows)["Normalised flip@3"]
    assert list(found) == ["budget", "rise", "lime"]
    assert found["budget"] == ["32", "128", "1024"]
    assert found["rise"] == ["-", "-", "-33"]


def test_answers_to_budgets_are_no_scores_of_the_board():
    without = [*curve("lime", [0, 1, 1]), *BOUNDS]
    board, other = (render(table(rows), {}) for rows in (without, [*without, *budget(32, 0, 0.5)]))
    for title in ("Overall", "Normalised flip@k", "flip@k"):
        assert section(board, title) == section(other, title)


def test_without_bounds_there_is_no_normalised_flip():
    assert tables(budget(32, 1, 0.5))["Normalised flip@3"]["lime"] == ["-"]


@pytest.mark.parametrize("rows", [[*flips("lime", 3), *flips("random", 9)], BOUNDS])
def test_without_budgets_there_is_neither_section_nor_figure(rows):
    board = render(table(rows), {})
    assert "budget" not in board
