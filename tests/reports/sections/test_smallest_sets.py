import pytest
from boards import cells, curve, failure, flips, row, section

from veracity_bench.reports.leaderboard import render
from veracity_bench.reports.measurements.records import table

NO_ORACLE = (
    "Bounds in place of the oracle, and no exact references: this detector's coalitions take a forward pass each"
)


def fact(metric, value, **coordinates):
    return row(metric, value, explainer="", experiment="oracle", **coordinates)


def answers(rows):
    return section(render(table(rows), {}), "Smallest sets of segments that flip")


def test_sets_that_flip_are_described_by_setting():
    cases = [
        # smallest, smallest_sets, flipping, non_monotone
        (2, 3, 0.5, 0.0, {}),
        (1, 1, 0.75, 0.004, {"case": 1}),
        (2, 8, 0.25, 0.05, {"song": "b"}),
        (7, 40, 0.1, 0.25, {"condition": (1, 1)}),
    ]
    rows = [
        fact(metric, value, **coordinates)
        for *values, coordinates in cases
        for metric, value in zip(("smallest", "smallest_sets", "flipping", "non_monotone"), values, strict=True)
    ]
    described = cells(answers(rows))
    assert len(described["attack"]) == 6
    sets, shares = ["3", "2 (1 to 2)", "1: 1, 2: 2", "3"], ["50 [0, 100]", "1.8 [0.0, 33.9]"]
    assert described["waveform, no sing to sing"] == [*sets, *shares]
    assert described["waveform, sing to no sing"] == ["0", *["-"] * 5]
    assert described["spectrogram, sing to no sing"] == ["1", "7 (7 to 7)", "7: 1", "40", "10", "25.0"]
    assert described["all"] == ["4", "2 (1 to 7)", "1: 1, 2: 2, 7: 1", "5.5", "30 [0, 76]", "13.4 [0.0, 90.4]"]


@pytest.mark.parametrize(("share", "cell"), [(0, "0.0"), (4e-4, "<0.1"), (6e-4, "0.1"), (0.25, "25.0")])
def test_steps_that_hardly_ever_un_flip_are_told_from_none(share, cell):
    assert cells(answers([fact("smallest", 2), fact("non_monotone", share)]))["all"][-1] == cell


def test_facts_make_no_row_of_the_board():
    board = render(table([fact("smallest", 2), *curve("lime", [0, 1])]), {})
    assert list(cells(section(board, "Overall"))) == ["explainer", "excerpts", "lime"]


def test_the_costs_are_those_of_the_exact_rows():
    costs = {"oracle": [2.0, 3.0, 9.0], "exact-lime": [4.44], "lime": [0.1]}
    rows = [
        *(row("seconds", value, explainer=name, case=case) for name in costs for case, value in enumerate(costs[name])),
        *(row("queries", 2**20, explainer=name) for name in costs),
        fact("smallest", 2),
    ]
    costs = "oracle 1,048,576 sets in 3.0 s; exact-lime 1,048,576 sets in 4.4 s"
    timing = section(render(table(rows), {}), "Timing")
    assert timing.rstrip().endswith(f"The value of every set of segments, per excerpt (medians): {costs}.")


def test_without_oracles_the_board_says_why_once_and_leaves_out_what_they_know():
    board = render(table([*flips("lime", 3), *flips("delta-norm", 3), *flips("random", 9)]), {})
    assert board.count("Bounds in place") == board.split("## Overall")[0].count(NO_ORACLE) == 1
    assert not any(text in board for text in ("## Normalised", "## Smallest sets", "The value of every"))


@pytest.mark.parametrize(
    "rows",
    [
        [*flips("random", 9), *flips("oracle", 1)],
        [*flips("random", 9), *flips("exact-lime", 4)],  # the oracle failed
        flips("lime", 3),  # a part of the benchmark was run
        [failure("lime", "boom")],
    ],
)
def test_oracles_that_are_absent_for_another_reason_are_not_excused(rows):
    assert "No oracle" not in render(table(rows), {})
