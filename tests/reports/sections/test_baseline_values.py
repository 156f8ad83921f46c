from boards import cells, curve, material, row

from veracity_bench.reports.sections.baseline_values import by_value


def test_baseline_values_below_each_other():
    rows = [
        *(flip for kind, flips in (("mean", [1, 1]), ("zero", [0, 1])) for flip in flips_with(flips, kind)),
        row("content_correlation", -0.25, variant="zero"),
        row("content_correlation", 1, variant="mean"),
        row("content_margin", -2.5, variant="zero"),
    ]
    table = by_value(material(rows))
    assert [line.split("|")[2].strip() for line in table.splitlines()[2:]] == ["mean", "zero"]
    assert cells(table) == {
        "explainer": [
            "baseline",
            "mean flip",
            "mean flip, no sing to sing",
            "mean flip, sing to no sing",
            "margin, no sing to sing",
            "margin, sing to no sing",
            "correlation with mean",
        ],
        "lime": ["zero", "50", "50", "-", "-2.5", "-", "-0.25"],
    }


def flips_with(flips, kind):
    return [row("content_flip", flip, k, variant=kind) for k, flip in enumerate(flips, 1)]


def test_without_the_study_there_is_nothing_to_show():
    assert by_value(material(curve("lime", [1]))) == "-"
