import pytest
from boards import curve, flips, weights

from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.sections.curves_figure import draw
from veracity_bench.reports.sections.material import Material
from veracity_bench.reports.sections.tables import SETTINGS


def lines(axes):
    return {line.get_label(): line.get_ydata().tolist() for line in axes.get_lines()}


def test_a_line_is_the_share_of_flips_at_each_k_of_its_setting():
    rows = [*flips("lime", 3), *flips("lime", 5, song="b"), *flips("lime", 1, setting=(1, 1)), *flips("rise", 1)]
    panels = draw(Material(table(rows), ["lime"])).axes
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
    for axes, setting in zip(draw(Material(table(rows))).axes, SETTINGS, strict=True):
        assert lines(axes)["LIME, paper"] == pytest.approx([share / 100 for share in paper.FLIP_AT_K_LIME[setting]])
        assert lines(axes)["norm, paper"] == pytest.approx([share / 100 for share in paper.FLIP_AT_K_NORM[setting]])
    assert lines(draw(Material(table(rows))).axes[0])["random"] == 20 * [0.25]


def test_the_paper_has_nothing_to_say_on_other_segments():
    assert set(lines(draw(Material(table(curve("lime", 8 * [1])), ["lime"])).axes[0])) == {"lime"}


def test_without_flips_there_is_no_figure():
    assert draw(Material(table(weights("lime", [1, 2])), ["lime"])) is None
