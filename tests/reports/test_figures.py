import io
import re
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pandas as pd
import pytest
from boards import budget, curve, flips, row, weights
from matplotlib.colors import to_rgb
from PIL import Image

from veracity_bench.reports import figures, leaderboard
from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.layout.figure_form import Form
from veracity_bench.reports.layout.material import Material, of_choice
from veracity_bench.reports.leaderboard import render, write
from veracity_bench.reports.measurements.records import table, write_run
from veracity_bench.reports.sections import order
from veracity_bench.reports.sections.agreement import clustered

BUDGETS = [*budget(32, 0, -1), *budget(128, 1, 1), *budget(32, 1, 0.9, 41, "a<b & $c$"), *budget(32, 1, 1, 0, "free")]
BOUNDS = [*curve("oracle", [0, 1, 1]), *curve("random", [0, 0, 0.25])]
WEIGHTS = [*weights("lime", [1, 2, 3]), *weights("rise", [1, 3, 2]), *weights("delta-norm", [0, 0, 0])]
EVERY = [*BUDGETS, *BOUNDS, *WEIGHTS]  # three kinds of records


def drawn(rows, *names, kinds=("svg",)):
    files = figures.files(table(rows), names=names, form=Form(kinds))
    return {path.as_posix(): content for path, content in files}


def names(rows):
    """The figures that are drawn, but not written, which takes its time."""
    material = Material(table(rows), ["lime"])
    return {name for name, figure in order.figures().items() if figure.draw(material)}


def words(svg):
    return {element.text for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")}


def test_figures_are_the_same_bytes_for_the_same_records():
    once, again = (drawn(rows, "curves", "agreement", kinds=("svg", "png")) for rows in (EVERY, EVERY[::-1]))
    assert set(once) == {f"figures/{name}.{kind}" for name in ("curves", "agreement") for kind in ("svg", "png")}
    assert once == again


def test_their_text_is_text_and_says_nothing_of_when():
    files = drawn(EVERY, "budget", "agreement")
    assert {"lime", "a<b & $c$", "32", "128"} <= words(files["figures/budget.svg"])
    assert {"lime", "rise", "delta-norm", "100", "50", "0"} <= words(files["figures/agreement.svg"])
    assert not re.search(rb"<dc:date>|20\d\d-\d\d-\d\d", files["figures/budget.svg"])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], set()),
        (flips("lime", 3), {"curves"}),
        (BUDGETS, {"budget"}),  # no bounds, so no flips to normalise
        (WEIGHTS, {"agreement"}),
        (weights("lime", [1, 2]), set()),
        ([*weights("lime", [1, 2]), *weights("rise", [1, 2], case=1)], {"agreement"}),  # nothing in common
        ([line for song in "ab" for line in budget(32, 1, 1, song=song)], {"budget"}),  # an interval of no width
    ],
)
def test_only_what_there_are_records_for_is_drawn(rows, expected):
    assert names(rows) == expected


@pytest.mark.parametrize("rows", [[], WEIGHTS])
def test_the_board_links_the_figures_beside_it(tmp_path, rows):
    write(tmp_path / "new" / "board.md", table(rows), {})
    links = re.findall(r"!\[[^]]+\]\((.+?)\)", (tmp_path / "new" / "board.md").read_text(encoding="utf-8"))
    assert set(links) == {f"figures/{name}.svg" for name in names(rows)}
    assert all((tmp_path / "new" / link).is_file() for link in links)


def test_the_board_has_a_place_for_every_figure():
    planted = [row("found", 1, 1), row("fidelity", 0.5, 1)]
    exact = [line for name in ("shapley-insertion", "shapley-masking") for line in flips(name, 2)]
    flipped = [*flips("lime", 3), *curve("oracle", [1] * 20), *curve("random", [0.5] * 20), *exact]
    drawing = {**row("touched", 1, 3, experiment="drawings"), "attack": "drawing", "variant": "blob"}
    settled = row("stability_overlap", 1, 3, samples=128)
    page = render(table([*planted, *flipped, drawing, settled, *BUDGETS, *WEIGHTS]), {}, order.figures())
    assert set(re.findall(r"!\[[^]]+\]\(figures/(.+?)\.svg\)", page)) == set(order.figures())


def test_the_page_on_the_standard_output_links_nothing_that_is_not_there(tmp_path, capsys):
    write_run(tmp_path / "run", table(WEIGHTS), {})
    leaderboard.main([str(tmp_path / "run")])
    assert "figures/" not in capsys.readouterr().out
    assert not list(tmp_path.rglob("*.svg"))


def test_the_command_draws_what_is_asked_for(tmp_path, capsys):
    write_run(tmp_path / "run", table([*BUDGETS, *WEIGHTS]), {})
    figures.main([str(tmp_path / "run"), "--figure", "agreement", "--output", str(tmp_path / "out")])
    assert {path.name for path in tmp_path.rglob("*.svg")} == {"agreement.svg"}
    assert capsys.readouterr().out.split() == [
        str(tmp_path / "out" / f"agreement.{kind}") for kind in ("pdf", "svg", "png")
    ]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--figure", "pie"], "There is no figure 'pie'; there are gap, ranks, curves"),
        (["--explainer", "lime", "--explainer", "lemon"], "no explainer 'lemon'; they have delta-norm, lime, rise"),
        (["--explainer", "oracle"], "no explainer 'oracle'"),
    ],
)
def test_the_command_says_what_it_does_not_know(tmp_path, options, sentence):
    write_run(tmp_path, table(EVERY[-9:]), {})
    with pytest.raises(SystemExit, match=sentence):
        figures.main([str(tmp_path), *options])


def test_the_command_explains_what_is_missing(tmp_path):
    with pytest.raises(SystemExit, match="There are no records at"):
        figures.main([str(tmp_path)])


def test_matplotlib_stays_as_its_user_set_it():
    before = dict(matplotlib.rcParams)
    drawn(WEIGHTS, "agreement")
    assert dict(matplotlib.rcParams) == before


def test_no_two_lines_look_alike_whatever_order_they_come_in():
    names = [f"explainer {i}" for i in range(60)]
    looks = style.lines(names)
    assert looks == style.lines(names[::-1])
    assert len({tuple(map(str, look.values())) for look in looks.values()}) == len(names)


def test_lines_and_text_stand_out_from_the_background():
    def luminance(colour):
        channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
        return np.dot(channels, [0.2126, 0.7152, 0.0722])

    def contrast(colour):
        return (luminance(style.BACKGROUND) + 0.05) / (luminance(colour) + 0.05)

    assert contrast(style.INK) > 7
    assert min(map(contrast, style.COLOURS)) > 2


def test_those_that_agree_stand_side_by_side():
    names = list("abcd")
    groups = np.array([0, 1, 0, 1])
    values = np.where(groups[:, None] == groups, 0.9, -0.5)
    ordered = clustered(pd.DataFrame(np.where(np.eye(4), 1, values), names, names))
    assert list(ordered) == list(ordered.index)
    assert {frozenset(list(ordered)[:2]), frozenset(list(ordered)[2:])} == {frozenset("ac"), frozenset("bd")}


def test_a_long_name_of_a_users_own_fits():
    """It once left the matrix no room, and the board was lost."""
    name = "my_package.my_module:explainer(share=0.8, samples=300, depth=12)"
    files = drawn([*WEIGHTS, *weights(name, [1, 2, 2])], "agreement")
    assert name in words(files["figures/agreement.svg"])


def test_a_figure_of_an_older_board_goes(tmp_path):
    write(tmp_path / "leaderboard.md", table(WEIGHTS), {})
    assert {path.name for path in (tmp_path / "figures").iterdir()} == {"agreement.svg", "agreement.png"}
    write(tmp_path / "leaderboard.md", table([]), {})
    assert not list((tmp_path / "figures").iterdir())


def test_an_explainer_keeps_its_colour_and_those_chosen_differ():
    rows = [line for name in ("lime", "rise", *"abcdefghij") for line in flips(name, 2)]
    known = {
        name: style.looks(of_choice(table(rows), chosen)) for name, chosen in {"few": ["rise"], "more": "ad"}.items()
    }
    assert known["few"]["lime"] == known["more"]["lime"]
    looks = style.few(of_choice(table(rows), ["lime", *"abcde"]))
    assert len({look["color"] for look in looks.values()}) == 6


@pytest.mark.parametrize("name", ["ranks", "gap", "agreement", "budget"])
def test_a_choice_limits_every_figure(name):
    exact = [line for one in ("shapley-insertion", "shapley-masking", "rise") for line in flips(one, 2)]
    rows = [*flips("lime", 3), *curve("oracle", [1] * 20), *curve("random", [0.5] * 20), *exact, *BUDGETS, *WEIGHTS]
    figure = order.figures()[name].draw(of_choice(table(rows), ["lime", "delta-norm"]))
    shown = {text.get_text() for axes in figure.axes for text in axes.get_yticklabels()}
    shown |= {label for axes in figure.axes for label in axes.get_legend_handles_labels()[1]}
    assert "lime" in shown
    assert not {"rise", "a<b & $c$", "shapley-masking"} & (shown - {"shapley-masking"} if name == "budget" else shown)


def test_no_row_stands_for_a_number_of_planted_segments_without_excerpts():
    figure = order.figures()["localisation"].draw(of_choice(table([row("found", 1, 3), row("found", 1, 5)]), ["lime"]))
    assert [axes.get_ylabel() for axes in figure.axes if axes.get_ylabel()] == ["k = 3", "k = 5"]


def test_a_figure_for_a_paper_has_its_width_its_fonts_and_its_run(tmp_path, capsys):
    write_run(tmp_path / "run", table(WEIGHTS), {"timing": {"finished": "2026-01-02T03:04:05"}})
    options = ["--figure", "agreement", "--width", "one", "--background", "transparent"]
    figures.main([str(tmp_path / "run"), *options, "--output", str(tmp_path / "out")])
    pdf, svg, png = ((tmp_path / "out" / f"agreement.{kind}").read_bytes() for kind in ("pdf", "svg", "png"))
    assert b"FontFile2" in pdf
    assert not words(svg)  # letters are shapes
    image = Image.open(io.BytesIO(png))
    assert image.width == 3.5 * style.SETTINGS["savefig.dpi"]
    assert image.getpixel((0, 0))[3] == 0
    board = dict(figures.files(table(WEIGHTS), names=["agreement"], form=Form(("svg",), source="of this run")))
    assert "of this run" in words(*board.values())


def test_a_figure_without_data_is_no_success(tmp_path, capsys):
    write_run(tmp_path / "run", table(WEIGHTS), {})
    where = ["--output", str(tmp_path / "out"), "--kind", "svg"]
    with pytest.raises(SystemExit, match="has no data for the figure 'fidelity'"):
        figures.main([str(tmp_path / "run"), "--figure", "fidelity", *where])
    figures.main([str(tmp_path / "run"), *where])
    printed = capsys.readouterr()
    assert printed.out.split() == [str(tmp_path / "out" / "agreement.svg")]
    assert "no data for the figure 'fidelity'" in printed.err


@pytest.mark.parametrize("width", ["three", "0.5", "nan", "-4"])
def test_a_width_that_there_cannot_be_is_refused(width, capsys):
    with pytest.raises(SystemExit):
        figures.main(["run", f"--width={width}"])
    assert "is neither one, two nor from 2 to 40 inches" in capsys.readouterr().err
