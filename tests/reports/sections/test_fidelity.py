import pytest
from boards import cells, material, row

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.sections.fidelity import draw, right_and_wrong


def judged(found, fidelities, **coordinates):
    return [
        *(row("found", value, 1, case=case, **coordinates) for case, value in enumerate(found)),
        *(row("fidelity", value, 1, case=case, **coordinates) for case, value in enumerate(fidelities)),
    ]


def parts(rows):
    shown = right_and_wrong(material(rows))
    return {part.split("\n")[0].strip("# "): cells(part) for part in shown.split("\n\n### ")}


def test_fidelity_is_split_by_whether_the_explanation_is_right():
    """Of six pairs, the right one has the larger fidelity in two: 0.8 beside 0.5 and 0.7."""
    rows = [
        *judged([1, 1, 1, 0, 0], [0.2, 0.4, 0.8, 0.5, 0.7]),
        row("fidelity", 0.9, 1, case=9),  # no such localisation
        row("fidelity", 0.1, 0, case=0),  # of the full perturbation
        row("found", 1, 1, explainer="other"),
    ]
    shown = parts(rows)
    assert list(shown) == ["no sing to sing"]
    assert shown["no sing to sing"]["lime"] == [
        "0.40 [0.30, 0.60]",
        "3",
        "0.60 [0.55, 0.65]",
        "2",
        "0.33",
        "too few to decide",
    ]
    assert "other" not in shown["no sing to sing"]


@pytest.mark.parametrize(("fidelities", "area"), [([0.9, 0.1], "1.00"), ([0.5, 0.5], "0.50"), ([0.1, 0.9], "0.00")])
def test_the_area_of_perfect_useless_and_inverted_fidelity(fidelities, area):
    rows = [measure for song in "ab" for measure in judged([1, 0], fidelities, song=song)]
    assert parts(rows)["no sing to sing"]["lime"][-2] == f"{area} [{area}, {area}]"


@pytest.mark.parametrize(
    ("fidelities", "word"),
    [([0.9, 0.1], "a sign"), ([0.1, 0.9], "a sign"), ([0.5, 0.5], "no sign")],
)
def test_many_right_and_wrong_ones_decide(fidelities, word):
    rows = [measure for song in "abcdefgh" for measure in judged([1, 0] * 5, fidelities * 5, song=song)]
    assert parts(rows)["no sing to sing"]["lime"][-1] == word


def test_twenty_of_each_are_enough_to_leave_it_undecided_and_ten_are_not():
    """sqrt((m + n + 1) / 12 m n) is 0.09 for 20 and 20, 0.13 for 10 and 10; the bars are 0.2 away."""
    fidelities = {"a": [0.9, 0.1], "b": [0.1, 0.9]}
    for cases, word in ((5, "undecided"), (2, "too few to decide")):
        rows = [
            measure
            for song in "abcdefgh"
            for measure in judged([1, 0] * cases, fidelities.get(song, [0.6, 0.4]) * cases, song=song)
        ]
        assert parts(rows)["no sing to sing"]["lime"][-1] == word


def test_without_a_wrong_one_there_is_no_area():
    assert parts(judged([1, 1], [0.9, 0.8]))["no sing to sing"]["lime"][2:] == ["-", "0", "-", "too few to decide"]


def test_both_directions_are_shown_and_the_papers_numbers_beside_lime_in_its_own():
    rows = [*judged([1, 0], [0.9, 0.8]), *judged([1, 0], [0.9, 0.8], condition=(1, 1))]
    shown = parts(rows)
    assert list(shown["no sing to sing"])[1:] == ["lime", "lime, paper, waveform", "lime, paper, spectrogram"]
    assert shown["no sing to sing"]["lime, paper, waveform"] == [
        "0.71 [0.65, 0.81]",
        "13",
        "0.68 [0.63, 0.70]",
        "19",
        "-",
        "-",
    ]
    assert list(shown["sing to no sing"])[1:] == ["lime"]


def test_without_planted_segments_there_is_nothing_to_show():
    assert right_and_wrong(material([row("fidelity", 0.5)])) == "-"


def explained(right, fidelity, case, explainer="lime", **coordinates):
    place = {"explainer": explainer, "case": case, "k": 1, **coordinates}
    return [row("found", right, **place), row("fidelity", fidelity, **place)]


def points(axes):
    return [line.get_xdata().tolist() for line in axes.get_lines()]


RIGHT = [line for case, value in enumerate((0.1, 0.2, 0.3, 0.4, 0.9)) for line in explained(1, value, case)]
WRONG = explained(0, 0.5, 5)


def test_right_stands_above_wrong_every_excerpt_a_point_with_their_numbers():
    axes, *others = draw(material([*RIGHT, *WRONG], ["lime"])).axes
    assert points(axes) == [pytest.approx([0.1, 0.2, 0.3, 0.4, 0.9]), [0.5]]
    above, below = (line.get_ydata()[0] for line in axes.get_lines())
    assert above < 0 < below
    assert axes.yaxis_inverted()
    assert [text.get_text() for text in axes.texts] == ["5", "1"]
    assert [text.get_text() for axes in others for text in axes.texts] == 6 * ["0"]


def test_five_make_a_box_of_quartiles():
    axes = draw(material([*RIGHT, *WRONG], ["lime"])).axes[0]
    (box,) = axes.patches
    assert (box.get_x(), box.get_x() + box.get_width()) == pytest.approx((0.2, 0.4))
    assert box.get_edgecolor()[:3] != axes.get_lines()[0].get_color()
    assert axes.get_lines()[0].get_color() == style.INK


def test_explainers_chosen_have_rows_in_their_order_if_they_planted():
    rows = [*RIGHT, *explained(1, 0.5, 0, "rise"), *explained(1, 0.5, 0, "lrp"), row("fidelity", 1, explainer="cam")]
    axes = draw(material(rows, ["rise", "cam", "lime"])).axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["rise", "lime"]


def test_without_planted_segments_there_is_no_figure():
    assert draw(material([row("fidelity", 1)], ["lime"])) is None
    assert draw(material(RIGHT, ["rise"])) is None
