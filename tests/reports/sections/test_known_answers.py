import pytest
from boards import cells, flips, material, overall, section

from veracity_bench.reports.leaderboard import render
from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.sections.known_answers import known_answers

WARNING = "**Do not rely on this board: its calibration failed.**"


def answer(value, explainer="exact-lime", variant="OR of two, contrastive", direction="nosing_to_sing"):
    """What a method gets: it has no place, only a direction."""
    place = {"experiment": "known_answers", "direction": direction, "variant": variant}
    return {**place, "explainer": explainer, "metric": "known_answer", "value": value}


def test_every_method_has_a_column_and_directions_that_are_alike_share_a_row():
    mean = "OR of two, mean, beyond the excerpt"
    rows = [
        *(answer(1.0, direction=direction) for direction in ("nosing_to_sing", "sing_to_nosing")),
        *(answer(1.0, "shapley-masking", direction=direction) for direction in ("nosing_to_sing", "sing_to_nosing")),
        answer(-2.0, variant=mean),
        answer(-0.5, variant=mean, direction="sing_to_nosing"),
    ]
    lines = known_answers(material(rows)).splitlines()
    assert [[cell.strip() for cell in line.strip("|").split("|")] for line in [lines[0], *lines[2:]]] == [
        ["detector", "question", "direction", "exact-lime", "shapley-masking"],
        ["OR of two", "contrastive", "both", "100", "100"],
        ["OR of two", "mean, beyond the excerpt", "no sing to sing", "-200", "-"],
        ["OR of two", "mean, beyond the excerpt", "sing to no sing", "-50", "-"],
    ]


def test_without_known_answers_there_is_no_table():
    assert known_answers(material(flips("lime", 3))) == "-"


def test_methods_that_are_measured_here_alone_are_no_rows_of_the_board():
    assert list(overall([*flips("lime", 9), answer(1.0, "feature-ablation")])) == ["lime"]


def test_known_answers_make_no_explainer_that_failed_one_that_did_not():
    failed = {"experiment": "flip", "explainer": "saliency", "metric": "failed", "value": 1.0, "reason": "boom"}
    board = overall([*flips("lime", 9), answer(1.0, "saliency"), failed])
    assert (board["saliency"]["mean flip"], board["saliency"]["failed"]) == ("failed", "1")


@pytest.mark.parametrize(("experiment", "warned"), [("known_answers", True), ("flip", False)])
def test_a_board_whose_calibration_failed_begins_with_a_warning(experiment, warned):
    reason = "OR of two, nosing_to_sing, contrastive: exact-lime 0.500, not 1.000"
    failed = {"experiment": experiment, "metric": "failed", "value": 1.0, "reason": reason}
    board = render(table([*flips("lime", 9), answer(0.5), failed]), {})
    assert board.split("\n\n")[1].startswith(WARNING) == warned
    assert cells(section(board, "Failures"))["(no explainer)"] == [experiment, "1", reason]
