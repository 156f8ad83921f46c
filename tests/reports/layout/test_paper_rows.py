import pytest

from veracity_bench.reports.layout.paper_rows import with_paper

ROWS = [["explainer", "1"], ["lime", "2"], ["lime, again", "3"], ["other", "4"]]


def test_the_paper_stands_below_what_it_is_about():
    assert with_paper(ROWS, ["9"], 20) == [*ROWS[:3], ["lime, paper", "9"], ROWS[3]]
    assert with_paper(ROWS, ["9"], 20, "other", "wave") == [*ROWS, ["other, paper, wave", "9"]]


@pytest.mark.parametrize(("name", "n"), [("shap", 20), ("lime", 8)])
def test_without_that_row_or_with_other_segments_it_does_not(name, n):
    assert with_paper(ROWS, ["9"], n, name) == ROWS
