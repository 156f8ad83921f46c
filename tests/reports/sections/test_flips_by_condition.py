import pytest
from boards import cells, curve, material, row

from veracity_bench.reports.sections.flip_at_3 import at_3
from veracity_bench.reports.sections.flip_positive import positive
from veracity_bench.reports.sections.flip_positive_controlled import controlled

ROWS = [
    *(flip for name in ("lime", "shap", "delta-norm") for flip in curve(name, [1] * 20)),
    *(
        row(metric, 1, 9, explainer=name)
        for metric in ("flip_positive", "flip_positive_norm")
        for name in ("lime", "shap")
    ),
]


@pytest.mark.parametrize(
    ("table", "paper"),
    [
        (at_3, ["53", "21", "41", "32"]),
        (positive, ["86", "49", "91", "44"]),
        (controlled, ["99", "74", "98", "55"]),
    ],
)
def test_the_papers_tables_stand_below_lime(table, paper):
    assert cells(table(material(ROWS)))["lime, paper"] == paper


def test_rows_have_the_order_of_the_board():
    assert list(cells(at_3(material(ROWS))))[1:] == ["*delta-norm*", "lime", "lime, paper", "shap"]


def test_without_lime_there_is_no_paper():
    assert list(cells(at_3(material(curve("shap", [1, 1, 1]))))) == ["explainer", "shap"]


def test_explainers_without_a_score_are_left_out():
    rows = [*curve("lime", [0, 0, 1]), row("found", 1, 1, explainer="shap")]
    assert list(cells(at_3(material(rows)))) == ["explainer", "lime"]


def test_the_control_is_for_all_but_delta_norm_itself():
    rows = [
        measure
        for name, control in (("lime", 0), ("delta-norm", 1))
        for measure in [row("flip_positive", 1, 9, explainer=name), row("flip_positive_norm", control, explainer=name)]
    ]
    assert list(cells(positive(material(rows))))[1:3] == ["*delta-norm*", "lime"]
    shown = cells(controlled(material(rows)))
    assert list(shown)[1:] == ["lime", "lime, paper"]
    assert shown["lime"] == ["0", "-", "-", "-"]


def test_each_condition_has_its_own_score():
    rows = [*curve("lime", [0, 0, 1]), *curve("lime", [0, 0, 0], condition=(1, 1))]
    rows += [row("flip_positive", 1, 9, condition=(1, 1))]
    shown = cells(at_3(material(rows)))
    assert shown["explainer"] == [
        "waveform, no sing to sing",
        "waveform, sing to no sing",
        "spectrogram, no sing to sing",
        "spectrogram, sing to no sing",
    ]
    assert shown["lime"] == ["100", "-", "-", "0"]
    assert cells(positive(material(rows)))["lime"] == ["-", "-", "-", "100"]
