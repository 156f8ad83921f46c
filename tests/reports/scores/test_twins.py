from boards import curve, weights

from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.scores.twins import twins


def explained(name, *values, best=False):
    rows = [row for case, own in enumerate(values) for row in weights(name, own, case=case)]
    return [*rows, *curve(name, [1 if best else 0])]


def test_explainers_with_equal_weights_in_all_cases_are_twins_of_the_first_on_the_board():
    rows = [
        *explained("a", [0.5, -1], [1, 0]),
        *explained("b", [0.5, -1 + 1e-9], [1, 0], best=True),
        *explained("c", [5, -10], [2, 0]),  # on another scale
        *explained("d", [0.5, -1], [0, 1]),
        *explained("e", [0.5, -1]),  # of one case alone
        *explained("f", [-0.5, 1], [-1, 0]),
    ]
    assert twins(table(rows)) == {"a": "b", "c": "b"}


def test_without_weights_there_are_none():
    assert twins(table(curve("lime", [1]))) == {}
