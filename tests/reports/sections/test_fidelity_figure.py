import pytest
from boards import row

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.sections.fidelity_figure import draw
from veracity_bench.reports.sections.material import Material


def explained(right, fidelity, case, explainer="lime", **coordinates):
    place = {"explainer": explainer, "case": case, "k": 1, **coordinates}
    return [row("found", right, **place), row("fidelity", fidelity, **place)]


def points(axes):
    return [line.get_xdata().tolist() for line in axes.get_lines()]


RIGHT = [line for case, value in enumerate((0.1, 0.2, 0.3, 0.4, 0.9)) for line in explained(1, value, case)]
WRONG = explained(0, 0.5, 5)


def test_right_stands_above_wrong_every_excerpt_a_point_with_their_numbers():
    axes, *others = draw(Material(table([*RIGHT, *WRONG]), ["lime"])).axes
    assert points(axes) == [pytest.approx([0.1, 0.2, 0.3, 0.4, 0.9]), [0.5]]
    above, below = (line.get_ydata()[0] for line in axes.get_lines())
    assert above < 0 < below
    assert axes.yaxis_inverted()
    assert [text.get_text() for text in axes.texts] == ["5", "1"]
    assert [text.get_text() for axes in others for text in axes.texts] == 6 * ["0"]


def test_five_make_a_box_of_quartiles():
    axes = draw(Material(table([*RIGHT, *WRONG]), ["lime"])).axes[0]
    (box,) = axes.patches
    assert (box.get_x(), box.get_x() + box.get_width()) == pytest.approx((0.2, 0.4))
    assert box.get_edgecolor()[:3] != axes.get_lines()[0].get_color()
    assert axes.get_lines()[0].get_color() == style.INK


def test_explainers_chosen_have_rows_in_their_order_if_they_planted():
    rows = [*RIGHT, *explained(1, 0.5, 0, "rise"), *explained(1, 0.5, 0, "lrp"), row("fidelity", 1, explainer="cam")]
    axes = draw(Material(table(rows), ["rise", "cam", "lime"])).axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["rise", "lime"]


def test_without_planted_segments_there_is_no_figure():
    assert draw(Material(table([row("fidelity", 1)]), ["lime"])) is None
    assert draw(Material(table(RIGHT), ["rise"])) is None
