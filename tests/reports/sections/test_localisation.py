import numpy as np
import pytest
from boards import cells, curve, material, row

from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.conditions import CONDITIONS
from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.sections.localisation import by_chance, by_condition, counts, draw


def test_the_twelve_subsets_and_the_papers():
    """Waveform to sing: 1 of 2 found at k = 1; spectrogram from sing: 3 of 5 at k = 5."""
    rows = [
        *curve("lime", [0] * 20),
        *(row("found", case, 1, case=case) for case in (0, 1)),
        row("found", 3, 5, condition=(1, 1)),
        row("found", 0.05, 1, explainer="random"),
    ]
    one, five = by_condition(material(rows)).split("\n\n### ")
    assert one.startswith("### 1 planted segment\n")
    assert cells(one) == {
        "explainer": [condition.words for condition in CONDITIONS],
        "excerpts": ["2", "0", "0", "0"],
        "chance": ["5", "-", "-", "-"],
        "lime": ["50", "-", "-", "-"],
        "lime, paper": ["41", "9", "50", "40"],
    }
    assert five.startswith("5 planted segments\n")
    assert cells(five)["lime"] == ["-", "-", "-", "60"]
    assert cells(five)["chance"] == ["-", "-", "-", "25"]


def test_without_planted_segments_there_is_nothing_to_show():
    assert by_condition(material(curve("lime", [0, 1]))) == "-"


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


def test_panels_of_shares_with_chance_and_the_paper_for_each_k_that_was_measured():
    rows = [
        *found(3, 3, 1, 1, 0),
        *found(1, 1),
        *found(1, 0, explainer="rise", condition=(1, 1)),
        *found(1, 0, explainer="lrp"),
    ]
    panels = draw(material(rows, ["rise", "lime"])).axes
    assert len(panels) == 8
    assert list(bars(panels[0])) == ["rise", "lime", "chance", "LIME, paper"]
    assert bars(panels[0])["lime"] == (1, 0)
    assert bars(panels[0])["rise"] == (0, 0)  # nothing here
    assert bars(panels[3])["rise"] == (0, 1)
    assert bars(panels[4])["lime"] == (0.25, 0, 0.5, 0.25)
    for place, axes in enumerate(panels):
        k, condition = (1, 3)[place // 4], CONDITIONS[place % 4]
        numbers = paper.FOUND[condition][k]
        assert bars(axes)["LIME, paper"] == pytest.approx([number / sum(numbers) for number in numbers])
        assert bars(axes)["chance"] == pytest.approx(by_chance(k, 20))


def test_other_segments_have_another_chance_and_no_paper():
    panel = draw(material([*found(1, 1), *curve("lime", 8 * [1])], ["lime"])).axes[0]
    assert bars(panel) == {"lime": (1, 0), "chance": pytest.approx((1 / 8, 7 / 8))}


def test_without_planted_segments_there_is_no_figure():
    assert draw(material(curve("lime", [1]), ["lime"])) is None
    assert draw(material(found(1, 1), ["rise"])) is None
