import pytest
from boards import row

from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.sections.material import Material
from veracity_bench.reports.sections.stability_figure import draw


def seeds(samples, overlap, distance=None, **place):
    rows = [row("stability_overlap", overlap, 3, samples=samples, **place)]
    return rows if distance is None else [*rows, row("stability_distance", distance, samples=samples, **place)]


def line(axes, name):
    (found,) = [one for one in axes.get_lines() if one.get_label() == name]
    return found.get_xdata().tolist(), found.get_ydata().tolist()


def test_a_line_is_the_mean_over_excerpts_at_each_budget():
    rows = [*seeds(256, 0.8), *seeds(256, 0.4, song="b"), *seeds(128, 0.2), *seeds(128, 1, explainer="rise")]
    (axes,) = draw(Material(table(rows))).axes
    assert line(axes, "lime") == ([128, 256], pytest.approx([0.2, 0.6]))
    assert line(axes, "rise") == ([128], [1])
    (interval,) = axes.collections[0].get_segments()  # of two songs; the other points have one
    assert interval[:, 1] == pytest.approx([0.4, 0.8])
    assert len(axes.collections) == 1


def test_who_estimates_nothing_exact_has_no_distance():
    _, distances = draw(Material(table([*seeds(128, 1, 0.5), *seeds(128, 1, explainer="rise")]))).axes
    assert [one.get_label() for one in distances.get_lines()] == ["lime"]
    assert distances.get_yscale() == "log"


def test_without_seeds_there_is_no_figure():
    assert draw(Material(table([row("flip", 1, 1)]))) is None
