from boards import cells, curve, flips, row, section

from reports.leaderboard import render
from reports.records import table

NOT_MEASURED = "Not measured: the detector's coalitions take a forward pass each."


def fact(metric, value, **coordinates):
    return row(metric, value, explainer="", experiment="oracle", **coordinates)


def answers(rows):
    return section(render(table(rows), {}), "What the oracles say")


def test_sets_that_flip_are_described_by_setting():
    cases = [
        # smallest, smallest_sets, flipping, non_monotone
        (2, 3, 0.5, 0.0, {}),
        (1, 1, 0.75, 0.1, {"case": 1}),
        (2, 8, 0.25, 0.05, {"song": "b"}),
        (7, 40, 0.1, 0.25, {"setting": (1, 1)}),
    ]
    rows = [
        fact(metric, value, **coordinates)
        for *values, coordinates in cases
        for metric, value in zip(("smallest", "smallest_sets", "flipping", "non_monotone"), values, strict=True)
    ]
    described = cells(answers(rows))
    assert len(described["attack"]) == 6
    assert described["waveform, no sing to sing"] == ["3", "2 (1 to 2)", "1: 1, 2: 2", "3", "50 [25, 62]", "5 [5, 5]"]
    assert described["waveform, sing to no sing"] == ["0", *["-"] * 5]
    assert described["spectrogram, sing to no sing"] == ["1", "7 (7 to 7)", "7: 1", "40", "10", "25"]
    assert described["all"] == ["4", "2 (1 to 7)", "1: 1, 2: 2, 7: 1", "5.5", "40 [25, 45]", "10 [5, 12]"]


def test_facts_make_no_row_of_the_board():
    board = render(table([fact("smallest", 2), *curve("lime", [0, 1])]), {})
    assert list(cells(section(board, "Overall"))) == ["explainer", "lime"]


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


def test_without_oracles_the_board_says_why():
    assert answers(flips("lime", 3)).endswith(NOT_MEASURED)
