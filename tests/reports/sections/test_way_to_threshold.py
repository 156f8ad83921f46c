from boards import cells, curve, material, row

from veracity_bench.reports.sections.way_to_threshold import by_part


def share(value, **coordinates):
    return row("threshold_share", value, explainer="", experiment="attack", **coordinates)


def test_flips_by_the_part_of_the_way_that_has_to_be_made():
    """A bound belongs to the part above it; of a part without excerpts there is no score."""
    rows = [
        *(share(value, case=case) for case, value in enumerate((0.1, 0.2, 0.25, 0.9))),
        *(each for case, flips in enumerate((1, 0, 1, 0)) for each in curve("lime", [0, 0, flips], case=case)),
        *(each for case in range(4) for each in curve("random", [0, 0, 0.5], case=case)),
    ]
    shown = cells(by_part(material(rows)))
    assert shown["explainer"] == ["0 to 25 %", "25 to 50 %", "50 to 75 %", "75 to 100 %"]
    assert shown["excerpts"] == ["2", "1", "0", "1"]
    assert [cell.split(" [")[0] for cell in shown["lime"]] == ["50", "100", "-", "0"]
    assert [cell.split(" [")[0] for cell in shown["*random*"]] == ["50", "50", "-", "50"]


def test_attacks_of_other_directions_are_told_apart():
    rows = [
        share(0.1),
        share(0.9, condition=(0, 1)),
        *curve("lime", [0, 0, 1]),
        *curve("lime", [0, 0, 0], condition=(0, 1)),
    ]
    shown = cells(by_part(material(rows)))
    assert [cell.split(" [")[0] for cell in shown["lime"]] == ["100", "-", "-", "0"]


def test_where_nothing_was_measured_there_is_nothing_to_show():
    assert by_part(material(curve("lime", [1]))) == "-"
    assert by_part(material([share(0.5)])) == "-"
