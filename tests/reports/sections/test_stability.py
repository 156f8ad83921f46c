from boards import cells, curve, row

from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.sections.stability import over_contents, over_seeds


def test_a_row_for_each_number_of_samples():
    study = (("stability_overlap", 2 / 3, 3), ("stability_correlation", 0.5, 0), ("stability_distance", 1.25, 0))
    rows = [row(metric, value, k, samples=samples) for metric, value, k in study for samples in (8192, 128)]
    shown = over_seeds(table([*rows, *curve("other", [1])]))
    assert shown.startswith("### lime\n")
    assert cells(shown) == {
        "samples": ["overlap", "correlation", "distance"],
        "128": ["67", "0.50", "1.25"],
        "8192": ["67", "0.50", "1.25"],
    }


def test_contents_beside_each_other():
    rows = [
        *(flip for kind, flips in (("mean", [1, 1]), ("zero", [0, 1])) for flip in contents(flips, kind)),
        row("content_correlation", -0.25, variant="zero"),
        row("content_correlation", 1, variant="mean"),
    ]
    assert cells(over_contents(table(rows))) == {
        "explainer": ["mean flip, mean", "mean flip, zero", "mean flip, min", "mean and zero", "mean and min"],
        "lime": ["100", "50", "-", "-0.25", "-"],
    }


def contents(flips, kind):
    return [row("content_flip", flip, k, variant=kind) for k, flip in enumerate(flips, 1)]


def test_without_studies_there_is_nothing_to_show():
    assert over_seeds(table(curve("lime", [1]))) == over_contents(table(curve("lime", [1]))) == "-"
