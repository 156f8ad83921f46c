from boards import cells, curve, in_songs, material

from veracity_bench.reports.sections.scaffold import scaffold


def test_decoys_on_top_in_a_table():
    rows = [
        *in_songs("fooled", [1, 1, 1], 1),
        *in_songs("fooled_correlation", [0, 0, 0]),
        *in_songs("fooled", [0, 0, 0], 1, explainer="good"),
        *in_songs("fooled", [0.05] * 3, 1, explainer="random"),
    ]
    assert cells(scaffold(material(rows))) == {
        "explainer": ["decoy on top", "correlation", "flag"],
        "chance": ["5 [5, 5]", "-", "-"],
        "good": ["0 [0, 49]", "-", "-"],
        "lime": ["100 [51, 100]", "0.00 [0.00, 0.00]", "fooled"],
    }


def test_without_checks_there_is_nothing_to_show():
    assert scaffold(material(curve("lime", [0, 1]))) == "-"
