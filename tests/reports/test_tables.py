import json
from io import StringIO

import pandas as pd
import pytest
from boards import curve, drawn, flips

from veracity_bench.reports import leaderboard
from veracity_bench.reports.layout.markdown import table as markdown_table
from veracity_bench.reports.layout.markdown import unmarked
from veracity_bench.reports.layout.tables import parts_of
from veracity_bench.reports.measurements.records import table, write_run
from veracity_bench.reports.tables import frame, main, tables

RECORDS = [
    *flips("lime", 3),
    *flips("lime", 11, song="b"),
    *flips("my_mod:f", 4),
    *[line for song in "ab" for line in [*curve("oracle", 20 * [1], song=song), *curve("random", 20 * [0], song=song)]],
    drawn("touched", 1, 3),
]


@pytest.fixture(scope="module")
def known():
    return tables(table(RECORDS), {"measured": {"corpus": "toys"}})


@pytest.fixture
def run(tmp_path):
    write_run(tmp_path / "run", table(RECORDS), {"timing": {"finished": "2026-01-02T03:04:05"}})
    return tmp_path / "run"


def test_every_table_of_the_board_has_a_name(known):
    assert {"overall", "ranking", "normalised-flip", "attack", "drawings-touched-by-the-drawing"} <= set(known)
    assert "flip-at-k-waveform-no-sing-to-sing" in known
    assert "run-measured" in known


def test_numbers_stand_unrounded_beside_their_intervals(known):
    """lime flips at 18 and at 10 of 20 sizes; one song alone gives no interval."""
    board = frame(known["overall"])
    assert board.loc["lime", "mean flip"] == pytest.approx(70)
    assert 0 <= board.loc["lime", "mean flip low"] < 70 < board.loc["lime", "mean flip high"] <= 100
    assert board.loc["my_mod:f", "mean flip"] == pytest.approx(85)
    assert pd.isna(board.loc["my_mod:f", "mean flip low"])
    assert pd.isna(board.loc["lime", "fidelity"])
    assert "cases low" not in board
    assert {"oracle", "random"} <= set(board.index)  # without the asterisks


def test_markup_is_undone():
    assert unmarked(r"*oracle*, paper") == "oracle, paper"
    assert unmarked(r"a\*b \_c\_ `d`") == "a*b _c_ d"
    (part,) = parts_of(markdown_table(["name", "n"], [["a", "12"], ["b", "-"], ["c", "failed"]]))
    assert list(frame(part)["n"]) == [12, None, "failed"]


def test_csv_and_json_hold_the_same_and_name_the_run(run, capsys):
    main([str(run), "--table", "overall"])
    flat = pd.read_csv(StringIO(capsys.readouterr().out), index_col=0)
    main([str(run), "--table", "overall", "--format", "json"])
    nested = json.loads(capsys.readouterr().out)
    assert flat.loc["lime", "mean flip"] == pytest.approx(70)
    assert {line["explainer"]: line["mean flip low"] for line in nested["rows"]}["lime"] == flat.loc[
        "lime", "mean flip low"
    ]
    assert set(flat["run"]) == {nested["run"]}
    assert nested["run"].startswith("2026-01-02, veracity-bench ")


def test_latex_escapes_names(run, capsys):
    main([str(run), "--table", "overall", "--format", "latex"])
    text = capsys.readouterr().out
    assert r"my\_mod:f" in text
    assert text.startswith("% overall: 2026-01-02")


def test_a_folder_takes_a_file_for_each(run, tmp_path, capsys):
    main([str(run), "--output", str(tmp_path / "out")])
    files = {str(path) for path in (tmp_path / "out").iterdir()}
    assert str(tmp_path / "out" / "overall.csv") in files
    assert set(capsys.readouterr().out.split()) == files


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--table", "pie"], "has no table 'pie'; it has overall"),
        (["--output", "{run}"], "belongs to a report that this is no part of"),
    ],
)
def test_what_cannot_be_written_is_refused(run, options, sentence):
    with pytest.raises(SystemExit, match=sentence):
        main([str(run), *(option.format(run=run) for option in options)])


def test_the_board_is_written_to_no_file_of_another_format(run, tmp_path):
    with pytest.raises(SystemExit, match=r"b\.csv would not hold; `veracity-bench tables"):
        leaderboard.main([str(run), "--output", str(tmp_path / "b.csv")])
    assert not (tmp_path / "b.csv").exists()
