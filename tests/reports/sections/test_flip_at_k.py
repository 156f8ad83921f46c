import pytest
from boards import cells, curve, flips, material, weights

from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.conditions import CONDITIONS
from veracity_bench.reports.sections.flip_at_k import draw, tables


def test_the_papers_curves_stand_below_lime_and_delta_norm():
    rows = [flip for name in ("lime", "delta-norm") for flip in curve(name, [0] * 19 + [1])]
    shown = cells(tables(material(rows)))
    assert list(shown) == ["k", "*delta-norm*", "*delta-norm*, paper", "lime", "lime, paper"]
    assert shown["lime, paper"][:3] == ["17", "35", "53"]
    assert shown["*delta-norm*, paper"][:3] == ["20", "45", "64"]


def test_curves_over_other_numbers_of_segments_have_no_paper_beside():
    assert list(cells(tables(material(curve("lime", [0, 1]))))) == ["k", "lime"]


def test_each_condition_has_its_own_curve():
    rows = [*flips("lime", 3), *flips("lime", 4, condition=(1, 1))]
    curves = dict(part.split("\n\n") for part in tables(material(rows)).removeprefix("### ").split("\n\n### "))
    assert list(curves) == ["waveform, no sing to sing", "spectrogram, sing to no sing"]
    assert cells(curves["waveform, no sing to sing"])["lime"] == ["0"] * 2 + ["100"] * 18
    assert cells(curves["spectrogram, sing to no sing"])["lime"] == ["0"] * 3 + ["100"] * 17


def lines(axes):
    return {line.get_label(): line.get_ydata().tolist() for line in axes.get_lines()}


def test_a_line_is_the_share_of_flips_at_each_k_of_its_condition():
    rows = [*flips("lime", 3), *flips("lime", 5, song="b"), *flips("lime", 1, condition=(1, 1)), *flips("rise", 1)]
    panels = draw(material(rows, ["lime"])).axes
    assert [axes.get_title(loc="left") for axes in panels] == [
        "waveform, no sing to sing",
        "waveform, sing to no sing",
        "spectrogram, no sing to sing",
        "spectrogram, sing to no sing",
    ]
    assert lines(panels[0])["lime"] == [0, 0, 0.5, 0.5] + 16 * [1]
    assert lines(panels[3])["lime"] == 20 * [1]
    assert all("lime" not in lines(axes) for axes in panels[1:3])
    assert "rise" not in lines(panels[0])  # was not chosen


def test_references_and_the_paper_stand_beside():
    rows = [*curve("oracle", 20 * [1]), *curve("random", 20 * [0.25]), *curve("delta-norm", 20 * [0.5])]
    for axes, condition in zip(draw(material(rows)).axes, CONDITIONS, strict=True):
        assert lines(axes)["LIME, paper"] == pytest.approx([share / 100 for share in paper.FLIP_AT_K_LIME[condition]])
        assert lines(axes)["norm, paper"] == pytest.approx([share / 100 for share in paper.FLIP_AT_K_NORM[condition]])
    assert lines(draw(material(rows)).axes[0])["random"] == 20 * [0.25]


def test_the_paper_has_nothing_to_say_on_other_segments():
    assert set(lines(draw(material(curve("lime", 8 * [1]), ["lime"])).axes[0])) == {"lime"}


def test_without_flips_there_is_no_figure():
    assert draw(material(weights("lime", [1, 2]), ["lime"])) is None
