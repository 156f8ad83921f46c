"""Figures in one column of a page."""

import pytest
from boards import bounds, flips, row, weights

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.layout.figure_form import COLUMNS, Form
from veracity_bench.reports.layout.material import of_choice
from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.sections import order

NAMES = ("lime", "kernel-shap", "occlusion", "deep-lift", "integrated-gradients")
ROWS = [
    line for name in NAMES for line in [*flips(name, 3), *weights(name, range(20)), row("found", 1, 3, explainer=name)]
]
EXACT = [line for name in ("shapley-insertion", "shapley-masking") for line in flips(name, 2)]
RECORDS = table([*ROWS, *EXACT, *bounds([1] * 20, [0.5] * 20)])


def drawn(name, width):
    form = Form(width=width, source="synthetic songs, quick, 2026-11-27, veracity-bench 0.1.0, records fa962c4cc1fd")
    with style.styled(form.settings):
        figure = order.figures()[name].draw(of_choice(RECORDS, ()))
        form.fit(figure)
        figure.draw_without_rendering()
    return figure


@pytest.mark.parametrize("name", ["gap", "ranks", "curves", "localisation", "agreement"])
@pytest.mark.parametrize("width", COLUMNS.values())
def test_no_word_is_cut(name, width):
    figure = drawn(name, width)
    texts = [*figure.texts, *(text for legend in figure.legends for text in legend.get_texts())]
    for axes in figure.axes:
        texts += [axes.title, axes._left_title, axes.xaxis.label, axes.yaxis.label, *axes.get_yticklabels()]
    for text in (text for text in texts if text.get_text().strip()):
        box = text.get_window_extent()
        assert figure.bbox.x0 - 3 <= box.x0, text.get_text()
        assert box.x1 <= figure.bbox.x1 + 3, text.get_text()


def test_panels_stand_below_each_other_and_nothing_on_the_small_print():
    figure = drawn("curves", COLUMNS["one"])
    assert len({round(axes.get_position().x0, 3) for axes in figure.axes}) == 1
    small_print = figure.texts[-1].get_window_extent()
    legend = figure.legends[0].get_window_extent()
    assert not small_print.overlaps(legend)
    assert legend.y1 < min(axes.get_tightbbox().y0 for axes in figure.axes)


def test_numbers_without_room_in_their_cells_are_left_out():
    many = [line for i in range(20) for line in weights(f"explainer {i}", [i % 3, i % 5, i % 7])]
    figure = order.figures()["agreement"].draw(of_choice(table(many), ()))
    assert len(figure.axes[0].texts) == 400
    Form(width=3.5).fit(figure)
    assert len(figure.axes[0].texts) == 0
