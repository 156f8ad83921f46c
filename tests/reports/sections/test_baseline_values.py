from boards import cells, curve, material, row

from veracity_bench.reports.sections.baseline_values import by_value


def test_baseline_values_beside_each_other():
    rows = [
        *(flip for kind, flips in (("mean", [1, 1]), ("zero", [0, 1])) for flip in flips_with(flips, kind)),
        row("content_correlation", -0.25, variant="zero"),
        row("content_correlation", 1, variant="mean"),
    ]
    assert cells(by_value(material(rows))) == {
        "explainer": [
            "mean flip, mean",
            "mean flip, zero",
            "mean flip, min",
            "correlation, mean and zero",
            "correlation, mean and min",
        ],
        "lime": ["100", "50", "-", "-0.25", "-"],
    }


def flips_with(flips, kind):
    return [row("content_flip", flip, k, variant=kind) for k, flip in enumerate(flips, 1)]


def test_without_the_study_there_is_nothing_to_show():
    assert by_value(material(curve("lime", [1]))) == "-"
