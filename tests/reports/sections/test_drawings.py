from boards import cells, curve, drawn, row

from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.sections.drawings import drawings


def test_drawings_by_shape():
    rows = [
        *(drawn("touched", share, 3, song=song) for song, share in (("a", 1), ("b", 1 / 3))),
        *(drawn("touched", 0.1, 3, song=song, explainer="random") for song in "ab"),
        *(drawn("drawn_fidelity", 0.8, song=song) for song in "ab"),
        drawn("touched", 0, 3, variant="vibrato"),
        {**drawn("drawings_unfilled", 1, explainer="", case=-1, variant="sine"), "reason": "nothing to draw on"},
    ]
    touched, why, fidelity = drawings(table(rows)).replace("### ", "").split("\n\n", 1)[1].split("\n\n", 2)
    assert cells(touched) == {
        "explainer": ["blob", "vibrato", "all"],
        "drawings": ["2", "1", "3"],
        "not found": ["-", "-", "1"],
        "chance": ["10 [10, 10]", "-", "10 [10, 10]"],
        "lime": ["67 [33, 100]", "0", "44 [33, 50]"],
    }
    assert why == "Why no drawing was found: nothing to draw on: 1."
    assert cells(fidelity) == {
        "explainer": ["blob", "vibrato", "all"],
        "lime": ["0.80 [0.80, 0.80]", "-", "0.80 [0.80, 0.80]"],
        "lime, paper": ["0.96", "-", "-"],
    }


def test_without_drawings_there_is_nothing_to_show():
    assert drawings(table([*curve("lime", [0, 1]), row("fidelity", 0.5)])) == "-"
