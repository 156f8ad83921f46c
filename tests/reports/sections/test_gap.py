from boards import cells, curve, material, row

from veracity_bench.reports.layout.figure_style import PALE
from veracity_bench.reports.sections.gap import COLOURS, draw, lost

BETTER = {"oracle": 10, "shapley-insertion": 9, "shapley-masking": 5}
WORSE = {"oracle": 10, "shapley-insertion": 10, "shapley-masking": 2}


def excerpt(references, explainers, **coordinates):
    """Flip at so many of ten k: references, and explainers as pairs of their own and, if known, their limit's."""
    flips = references | {name: own for name, (own, _) in explainers.items()}
    rows = [line for name, many in flips.items() for line in curve(name, steps(many), **coordinates)]
    limits = {name: limit for name, (_, limit) in explainers.items() if limit is not None}
    return rows + [
        row("limit_flip", flip, k, explainer=name, experiment="gap", **coordinates)
        for name, many in limits.items()
        for k, flip in enumerate(steps(many), 1)
    ]


def steps(many):
    return [k < many for k in range(10)]


ROWS = [
    *excerpt(BETTER, {"lime": (4, 6), "mine": (1, None)}),
    *excerpt(WORSE, {"lime": (2, 2), "mine": (2, None)}, condition=(0, 1)),
]


def bars(axes):
    """The ends of every bar in tenths, by the place of its row and its colour."""
    colours = {colour: term for term, colour in COLOURS.items()}
    assert colours[PALE] == "sets"
    found = {}
    for bar in axes.patches:
        red, green, blue, _ = bar.get_facecolor()
        colour = f"#{round(255 * red):02x}{round(255 * green):02x}{round(255 * blue):02x}"
        ends = (bar.get_x(), bar.get_x() + bar.get_width())
        place = round(bar.get_y() + bar.get_height() / 2)
        found[place, colours[colour]] = tuple(sorted(round(10 * end) for end in ends))
    return found


def test_all_excerpts_then_each_direction():
    whole, to_sing, to_nosing = lost(material(ROWS)).split("### ")
    assert cells(whole) == {
        "explainer": ["mean flip", "gap", "sets", "reference", "rule", "estimation", "cases"],
        "lime": ["30", "70", "5", "60", "-5", "10", "2"],
        "mine": ["15", "85", "5", "60", "20", "in rule", "2"],
    }
    assert to_sing.startswith("no sing to sing")
    assert cells(to_sing)["lime"] == ["40", "60", "10", "40", "-10", "20", "1"]
    assert to_nosing.startswith("sing to no sing")
    assert cells(to_nosing)["mine"] == ["20", "80", "0", "80", "0", "in rule", "1"]


def test_a_direction_without_excerpts_has_no_table_and_no_chart():
    known = material(excerpt(BETTER, {"lime": (4, 6)}))
    assert "### no sing to sing" in lost(known)
    assert "### sing to no sing" not in lost(known)
    assert len(draw(known).axes) == 1


def test_bars_are_stacked_losses_to_the_right_and_gains_to_the_left():
    figure = draw(material(ROWS))
    to_sing, to_nosing = figure.axes
    assert [tick.get_text() for tick in to_sing.get_yticklabels()] == ["lime", "mine"]
    assert bars(to_sing) == {
        (0, "sets"): (0, 1),
        (0, "reference"): (1, 5),
        (0, "rule"): (-1, 0),
        (0, "estimation"): (5, 7),
        (1, "sets"): (0, 1),
        (1, "reference"): (1, 5),
        (1, "rule"): (5, 9),
    }
    assert bars(to_nosing)[0, "reference"] == (0, 8)
    dots = [round(10 * line.get_xdata()[0]) for line in to_sing.get_lines() if line.get_marker() == "o"]
    assert dots == [6, 9]
    labels = [text.get_text() for text in figure.legends[0].get_texts()]
    assert sorted(labels) == ["estimation", "reference", "rule", "rule and estimation", "sets"]


def test_without_exact_rows_there_is_nothing_to_show():
    known = material(curve("lime", steps(3)))
    assert lost(known) == "-"
    assert draw(known) is None
