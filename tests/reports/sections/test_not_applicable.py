from boards import cells, failure, flips, material, overall, refusal, section

from veracity_bench.reports.leaderboard import render
from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.sections.not_applicable import not_applicable

REASON = "grad-cam needs a convolution, this detector has none"
REFUSALS = [refusal("grad-cam", REASON, case, experiment=name) for name in ("flip", "fidelity") for case in (0, 1)]


def test_an_explainer_that_is_not_applicable_keeps_its_row_with_the_reason_and_has_no_failure():
    """There is a record for every case and experiment."""
    board = render(table([*flips("lime", 9), *REFUSALS]), {})
    assert cells(section(board, "Overall"))["grad-cam"] == [*["not applicable"] * 10, "0", "-"]
    assert cells(section(board, "Not applicable"))["grad-cam"] == ["fidelity, flip", "4", REASON]
    assert section(board, "Failures").strip() == "Nothing failed."


def test_one_that_is_applicable_to_some_cases_stands_below_those_that_have_all():
    rows = [*flips("deep-lift", 1), refusal("deep-lift", "it does not add up", case=1)]
    board = overall([*rows, *flips("lime", 9), *flips("lime", 9, case=1)])
    assert list(board) == ["lime", "deep-lift"]
    assert (board["deep-lift"]["flip@3"], board["deep-lift"]["cases"], board["deep-lift"]["failed"]) == (
        "100",
        "1",
        "-",
    )


def test_one_that_also_failed_has_failed():
    board = overall([*flips("lime", 9), *REFUSALS, failure("grad-cam", "RuntimeError: boom")])
    assert (board["grad-cam"]["flip@3"], board["grad-cam"]["failed"]) == ("failed", "1")


def test_where_all_are_applicable_there_is_nothing_to_list():
    assert not_applicable(material(flips("lime", 3))) == "-"
