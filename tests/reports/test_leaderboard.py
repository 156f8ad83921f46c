import random
import re

import pytest
from boards import MANIFEST, cells, curve, failure, flips, refusal, row, section, weights

from veracity_bench.reports.layout.markdown import plain
from veracity_bench.reports.leaderboard import main, render
from veracity_bench.reports.measurements.records import table, write_run


def test_sections_without_a_number_are_left_out():
    """But for the accounts of the attack and of failures."""
    board = render(table(flips("lime", 3)), {})
    titles = [
        "Overall",
        "Overall by direction",
        "The paper's claims here",
        "The paper's claims by direction",
        "How to read this board",
        "flip@3 by attack and direction",
        "flip@k",
        "The attack",
        "Failures",
    ]
    assert [line[3:] for line in board.splitlines() if line.startswith("## ")] == titles
    assert section(board, "Failures").strip() == "Nothing failed."


def test_every_table_has_the_order_of_the_board():
    """What failed on some case stands below, however well it did on the others."""
    rows = [
        *(flip for name, smallest in (("whole", 9), ("partly", 2), ("random", 20)) for flip in flips(name, smallest)),
        *flips("oracle", 1),
        failure("partly", "boom", case=1),
        *(row("flip_positive", 1, 9, explainer=explainer) for explainer in ("whole", "partly")),
    ]
    board = render(table(rows), {})
    order = ["*oracle*", "whole", "*random*", "partly"]
    assert list(cells(section(board, "Overall")))[2:] == order
    assert list(cells(section(board, "Normalised flip@k")))[1:] == order
    assert list(cells(section(board, "flip@k").split("\n\n")[2]))[1:] == order
    assert list(cells(section(board, "flip@positive by attack and direction")))[1:] == ["whole", "partly"]


@pytest.mark.parametrize(
    ("n", "sets", "chances"),
    [(8, "2^8 = 256 sets", "12.5, 37.5 and 62.5 %"), (20, "2^20 = 1,048,576 sets", "5, 15 and 25 %")],
)
def test_texts_depend_on_the_number_of_segments(n, sets, chances):
    rows = [*curve("lime", [0] * (n - 1) + [1]), row("found", 1, 1), row("fidelity", 0.5, 1), row("smallest", n)]
    board = render(table(rows), {})
    assert cells(section(board, "flip@k"))["k"] == [str(k) for k in range(1, n + 1)]
    legend = section(board, "How to read this board")
    for part in (
        f"top k of the {n} segments",
        f"k = 1..{n},",
        f"Chance finds k of {n}: {chances}",
        f"output for all {sets}",
    ):
        assert part in legend
    assert f"(by chance: {100 / n:g} %)" in section(board, "Fidelity of right and wrong explanations")
    assert f"the share of all 2^{n} sets" in section(board, "Smallest sets of segments that flip")
    assert "{" not in board


def test_the_header_describes_what_was_measured():
    """Song c was attacked in vain: it has no case."""
    rows = [*flips("lime", 3), *flips("delta-norm", 9), *flips("oracle", 1), *flips("lime", 3, song="b", case=4)]
    rows.append(row("attempts", 3, explainer="", experiment="attack", song="c", case=-1))
    board = render(table(rows), MANIFEST)
    counts = "adversarial excerpts: 2 (2 no sing to sing, 0 sing to no sing); songs with a case: 2"
    assert board.startswith("# A tiny board\n")
    facts = f"corpus: synthetic; detector: small; scale: smoke; {counts}"
    assert f"Measured on {facts}; 1 explainer, 2 references." in board
    missing = "waveform, sing to no sing; spectrogram, no sing to sing; spectrogram, sing to no sing"
    assert f"There is no adversarial excerpt for {missing}: no score over all conditions includes it." in board


def test_without_records_the_board_has_its_question_alone():
    board = render(table([]), {})
    assert "Nothing was measured." in board
    assert "## Overall" not in board


def test_failures_alone_make_a_board():
    board = render(table([failure("lime", "boom"), failure("shap", "boom")]), {})
    counts = "adversarial excerpts: 0 (0 no sing to sing, 0 sing to no sing); songs with a case: 0"
    assert f"{counts}; 2 explainers, 0 references." in board


def test_the_order_of_records_changes_nothing():
    generator = random.Random(0)
    rows = [
        measure
        for explainer in ("lime", "shap")
        for song in "abc"
        for case in range(3)
        for measure in [
            *flips(explainer, generator.randint(1, 20), song=song, case=case),
            row("fidelity", generator.random(), explainer=explainer, song=song, case=case, experiment="fidelity"),
            row("seconds", generator.random(), explainer=explainer, song=song, case=case, experiment="cost"),
        ]
    ]
    records = table(rows)
    assert render(records.sample(frac=1, random_state=0), MANIFEST) == render(records, MANIFEST)


def test_the_command_renders_a_run(tmp_path, capsys):
    records = table(flips("lime", 3))
    write_run(tmp_path / "run", records, MANIFEST)
    main([str(tmp_path / "run")])
    assert capsys.readouterr().out == render(records, MANIFEST)
    main([str(tmp_path / "run" / "records.parquet"), "--output", str(tmp_path / "new" / "board.md")])
    board = (tmp_path / "new" / "board.md").read_text(encoding="utf-8")
    assert re.sub(r"!\[.*\n\n", "", board) == render(records, MANIFEST)


def test_the_command_explains_what_is_missing(tmp_path):
    with pytest.raises(SystemExit, match="There are no records at"):
        main([str(tmp_path)])


def test_what_others_have_written_makes_no_markup_anywhere_on_the_board():
    hostile = "ev|l *b* <i>`_x_ \x1b[1m\u202e$x$\n# h"
    rows = [
        *(row for name in (f"{hostile}1", f"{hostile}2") for row in flips(name, 3) + weights(name, range(20))),
        failure(f"{hostile}1", hostile, case=0),
        refusal(f"{hostile}2", hostile),
        row("unfilled", 1, explainer="", reason=hostile),
    ]
    facts = {name: {hostile: hostile} for name in ("measured", "options", hostile)}
    about = {"explainers": {hostile: dict.fromkeys(("access", "library", "reference", "settings"), hostile)}}
    board = render(table(rows), {"title": hostile, **facts, **about})
    shown = plain(hostile)
    assert board.count(shown) > 20
    rest = board.replace(shown, "")
    assert not any(mark in rest for mark in ("ev|l", "*b*", "<i>", "\x1b", "\u202e", "$x$", "\n# h"))
