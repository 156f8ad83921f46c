import numpy as np
import pytest
from boards import curve, row

from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.sections.localisation_figure import by_chance, counts, draw
from veracity_bench.reports.sections.material import Material
from veracity_bench.reports.sections.tables import SETTINGS


def found(k, *numbers, explainer="lime", **place):
    return [row("found", number, k, explainer=explainer, case=case, **place) for case, number in enumerate(numbers)]


def test_excerpts_are_counted_from_all_found_to_none():
    assert counts(table(found(3, 3, 1, 1, 0)), 3).tolist() == [1, 0, 2, 1]
    assert counts(table([]), 1).tolist() == [0, 0]


@pytest.mark.parametrize("k", [1, 3, 5])
def test_chance_is_a_distribution_that_finds_k_of_n_of_them(k):
    probabilities = by_chance(k, 20)
    assert probabilities.sum() == pytest.approx(1)
    assert probabilities @ np.arange(k, -1, -1) / k == pytest.approx(k / 20)


def test_chance_by_hand():
    assert by_chance(1, 20) == pytest.approx([0.05, 0.95])
    assert by_chance(3, 4) == pytest.approx([1 / 4, 3 / 4, 0, 0])


def bars(axes):
    """The widths of the bars of each row, by its label."""
    labels = [tick.get_text() for tick in axes.figure.axes[0].get_yticklabels()]
    columns = [[bar.get_width() for bar in container] for container in axes.containers]
    return dict(zip(labels, zip(*columns, strict=True), strict=True))


def test_twelve_panels_of_shares_with_chance_and_the_paper():
    rows = [
        *found(3, 3, 1, 1, 0),
        *found(1, 1),
        *found(1, 0, explainer="rise", setting=(1, 1)),
        *found(1, 0, explainer="lrp"),
    ]
    panels = draw(Material(table(rows), ["rise", "lime"])).axes
    assert len(panels) == 12
    assert list(bars(panels[0])) == ["rise", "lime", "chance", "LIME, paper"]
    assert bars(panels[0])["lime"] == (1, 0)
    assert bars(panels[0])["rise"] == (0, 0)  # nothing here
    assert bars(panels[3])["rise"] == (0, 1)
    assert bars(panels[4])["lime"] == (0.25, 0, 0.5, 0.25)
    for place, axes in enumerate(panels):
        k, setting = (1, 3, 5)[place // 4], SETTINGS[place % 4]
        numbers = paper.FOUND[setting][k]
        assert bars(axes)["LIME, paper"] == pytest.approx([number / sum(numbers) for number in numbers])
        assert bars(axes)["chance"] == pytest.approx(by_chance(k, 20))


def test_other_segments_have_another_chance_and_no_paper():
    panel = draw(Material(table([*found(1, 1), *curve("lime", 8 * [1])]), ["lime"])).axes[0]
    assert bars(panel) == {"lime": (1, 0), "chance": pytest.approx((1 / 8, 7 / 8))}


def test_without_planted_segments_there_is_no_figure():
    assert draw(Material(table(curve("lime", [1])), ["lime"])) is None
    assert draw(Material(table(found(1, 1)), ["rise"])) is None
