import re
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pandas as pd
import pytest
from boards import asked, curve, flips, weights
from matplotlib.colors import to_rgb

from reports import figures, style
from reports.agreement_figure import clustered
from reports.leaderboard import main, write
from reports.records import table, write_run

BUDGETS = [*asked(32, 0, -1), *asked(128, 1, 1), *asked(32, 1, 0.9, 41, "a<b & $c$"), *asked(32, 1, 1, 0, "free")]
BOUNDS = [*curve("oracle", [0, 1, 1]), *curve("random", [0, 0, 0.25])]
WEIGHTS = [*weights("lime", [1, 2, 3]), *weights("rise", [1, 3, 2]), *weights("delta-norm", [0, 0, 0])]
BOTH = {f"figures/{name}.{kind}" for name in ("budget", "agreement") for kind in ("svg", "png")}


def drawn(rows):
    return {path.as_posix(): content for path, content in figures.files(table(rows))}


def words(svg):
    return {element.text for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")}


def test_figures_are_the_same_bytes_for_the_same_records():
    rows = [*BUDGETS, *BOUNDS, *WEIGHTS]
    once, again = drawn(rows), drawn(rows[::-1])
    assert set(once) == BOTH
    assert once == again


def test_their_text_is_text_and_says_nothing_of_when():
    files = drawn([*BUDGETS, *BOUNDS, *WEIGHTS])
    assert {"lime", "a<b & $c$", "32", "128"} <= words(files["figures/budget.svg"])
    assert {"lime", "rise", "delta-norm", "100", "50", "0"} <= words(files["figures/agreement.svg"])
    assert not re.search(rb"<dc:date>|20\d\d-\d\d-\d\d", files["figures/budget.svg"])


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (flips("lime", 3), set()),
        (BUDGETS, {"budget"}),  # no bounds, so no flips to normalise
        (WEIGHTS, {"agreement"}),
        (weights("lime", [1, 2]), set()),
        ([*weights("lime", [1, 2]), *weights("rise", [1, 2], case=1)], {"agreement"}),  # nothing in common
        ([line for song in "ab" for line in asked(32, 1, 1, song=song)], {"budget"}),  # an interval of no width
    ],
)
def test_only_what_there_are_records_for_is_drawn(rows, names):
    assert {path.split("/")[1].split(".")[0] for path in drawn(rows)} == names


@pytest.mark.parametrize("rows", [[], flips("lime", 3), BUDGETS, WEIGHTS, [*BUDGETS, *WEIGHTS]])
def test_the_board_links_the_figures_beside_it(tmp_path, rows):
    write(tmp_path / "new" / "board.md", table(rows), {})
    links = re.findall(r"!\[[^]]+\]\((.+?)\)", (tmp_path / "new" / "board.md").read_text(encoding="utf-8"))
    assert set(links) == {path for path in drawn(rows) if path.endswith(".svg")}
    assert all((tmp_path / "new" / link).is_file() for link in links)


def test_the_command_writes_them_beside_its_file_only(tmp_path, capsys):
    write_run(tmp_path / "run", table([*BUDGETS, *WEIGHTS]), {})
    main([str(tmp_path / "run")])
    assert "(figures/budget.svg)" in capsys.readouterr().out
    assert not list(tmp_path.rglob("*.svg"))
    main([str(tmp_path / "run"), "--output", str(tmp_path / "out" / "board.md")])
    assert {path.relative_to(tmp_path / "out").as_posix() for path in tmp_path.rglob("figures/*")} == BOTH


def test_matplotlib_stays_as_its_user_set_it():
    before = dict(matplotlib.rcParams)
    drawn(WEIGHTS)
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
    files = drawn([*BUDGETS, *BOUNDS, *WEIGHTS, *weights(name, [1, 2, 2])])
    assert name in words(files["figures/agreement.svg"])


def test_a_figure_of_an_older_board_goes(tmp_path):
    write(tmp_path / "leaderboard.md", table([*BUDGETS, *BOUNDS, *WEIGHTS]), {})
    write(tmp_path / "leaderboard.md", table(WEIGHTS), {})
    assert {path.name for path in (tmp_path / "figures").iterdir()} == {"agreement.svg", "agreement.png"}
