from boards import bounds, cells, curve, material, row

from veracity_bench.reports.sections.overall_by_direction import by_direction

TO_SING, FROM_SING = (0, 0), (0, 1)


def test_each_direction_has_its_own_numbers():
    """To sing half of the room is gained, from sing a quarter of a room twice as large is lost."""
    rows = [
        *bounds([1], [0.5]),
        *curve("lime", [0.75]),
        *bounds([1], [0], condition=FROM_SING),
        *curve("lime", [0], condition=FROM_SING),
    ]
    shown = cells(by_direction(material(rows)))
    assert shown.pop("explainer") == [
        "normalised, no sing to sing",
        "normalised, sing to no sing",
        "mean flip, no sing to sing",
        "mean flip, sing to no sing",
        "normalised, both",
    ]
    assert shown == {
        "excerpts": ["1", "1", "1", "1", "2"],
        "*oracle*": ["100", "100", "100", "100", "100"],
        "lime": ["50", "0", "75", "0", "17"],
        "*random*": ["0", "0", "50", "0", "0"],
    }


def test_both_attacks_weigh_alike():
    many = [flip for case in range(3) for flip in curve("lime", [1], case=case)]
    rows = [*many, *curve("lime", [0], condition=(1, 0))]
    assert cells(by_direction(material(rows)))["lime"] == ["-", "-", "50", "-", "-"]


def test_without_flips_there_is_nothing_to_show():
    assert by_direction(material([row("fidelity", 0.5)])) == "-"
