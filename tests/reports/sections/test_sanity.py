from boards import cells, curve, in_songs, material, reversed_beside_random

from veracity_bench.reports.sections.sanity import sanity


def test_the_checks_in_a_table():
    rows = [
        *in_songs("shuffled_correlation", [1, 1, 1]),
        *in_songs("swapped_correlation", [1, 1, 1]),
        *in_songs("swapped_correlation", [-1, -1, -1], explainer="good"),
        *reversed_beside_random(0.25),
    ]
    finding = "does not depend on the model; does not depend on the target; ranks above random when reversed"
    assert cells(sanity(material(rows))) == {
        "explainer": ["parameter randomisation", "swapped target", "reversed ranking", "random", "finding"],
        "good": ["-", "-1.00 [-1.00, -1.00]", "-", "-", "-"],
        "lime": ["1.00 [1.00, 1.00]", "1.00 [1.00, 1.00]", "75 [74, 76]", "50 [50, 50]", finding],
    }


def test_without_checks_there_is_nothing_to_show():
    assert sanity(material(curve("lime", [0, 1]))) == "-"
