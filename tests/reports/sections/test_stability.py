import pytest
from boards import cells, curve, material, row

from veracity_bench.reports.sections.stability import draw, over_seeds


def test_a_row_for_each_number_of_samples():
    study = (("stability_overlap", 2 / 3, 3), ("stability_correlation", 0.5, 0), ("stability_distance", 1.25, 0))
    rows = [row(metric, value, k, samples=samples) for metric, value, k in study for samples in (8192, 128)]
    shown = over_seeds(material([*rows, *curve("other", [1])]))
    assert shown.startswith("### lime\n")
    assert cells(shown) == {
        "samples": ["overlap", "correlation", "distance"],
        "128": ["67", "0.50", "1.25"],
        "8192": ["67", "0.50", "1.25"],
    }


def test_without_the_study_there_is_nothing_to_show():
    assert over_seeds(material(curve("lime", [1]))) == "-"


def seeds(samples, overlap, distance=None, **place):
    rows = [row("stability_overlap", overlap, 3, samples=samples, **place)]
    return rows if distance is None else [*rows, row("stability_distance", distance, samples=samples, **place)]


def line(axes, name):
    (found,) = [one for one in axes.get_lines() if one.get_label() == name]
    return found.get_xdata().tolist(), found.get_ydata().tolist()


def test_a_line_is_the_mean_over_excerpts_at_each_budget():
    rows = [*seeds(256, 0.8), *seeds(256, 0.4, song="b"), *seeds(128, 0.2), *seeds(128, 1, explainer="rise")]
    (axes,) = draw(material(rows)).axes
    assert line(axes, "lime") == ([128, 256], pytest.approx([0.2, 0.6]))
    assert line(axes, "rise") == ([128], [1])
    (interval,) = axes.collections[0].get_segments()  # of two songs; the other points have one
    assert interval[:, 1].tolist() == [0, 1]  # which leave all open
    assert len(axes.collections) == 1


def test_who_estimates_nothing_exact_has_no_distance():
    _, distances = draw(material([*seeds(128, 1, 0.5), *seeds(128, 1, explainer="rise")])).axes
    assert [one.get_label() for one in distances.get_lines()] == ["lime"]
    assert distances.get_yscale() == "log"


def test_without_seeds_there_is_no_figure():
    assert draw(material([row("flip", 1, 1)])) is None
