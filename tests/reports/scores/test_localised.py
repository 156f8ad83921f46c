import pytest
from boards import curve, row

from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.scores import board_rows
from veracity_bench.reports.scores.localised import localised


def localisation(rows):
    return localised(board_rows.with_facts(table([*rows, *curve("lime", [0] * 20)])), "lime").estimate()


def ceiling(value, k, **place):
    return row("ceiling", value, k, explainer="", **place)


@pytest.mark.parametrize(
    ("found", "value"),
    [(1.25, 0), (2.625, 0.5), (4, 1), (5, (1 - 0.25) / (0.8 - 0.25)), (0, -0.25 / (0.8 - 0.25))],
)
def test_the_scale_goes_from_chance_to_the_ceiling(found, value):
    """Chance finds 25 % of 5 planted segments of 20, the ceiling is 80 % of them."""
    assert localisation([row("found", found, 5), ceiling(4, 5)]).value == pytest.approx(value)


def test_each_number_of_planted_segments_counts_for_its_room():
    """k = 1: gains 0.95 of 0.95, k = 5: loses 0.25 of 0.75."""
    rows = [row("found", 1, 1), ceiling(1, 1), row("found", 0, 5, case=1), ceiling(5, 5, case=1)]
    assert localisation(rows).value == pytest.approx((0.95 - 0.25) / (0.95 + 0.75))


def test_without_ceilings_all_planted_segments_are_the_scale():
    assert localisation([row("found", 5, 5)]).value == pytest.approx(1)


def test_nothing_planted_is_not_measured():
    assert localisation([]) is None
