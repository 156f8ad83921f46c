import random
import re

import pytest
from boards import cells, curve, failure, flips, overall, row, section

from veracity_bench.reports.leaderboard import main, render
from veracity_bench.reports.measurements.records import table, write_run

MANIFEST = {
    "title": "A tiny board",
    "measured": {"corpus": "synthetic", "detector": "small", "scale": "smoke"},
    "versions": {"numpy": "2.0"},
    "options": {"attack": {"waveform": {"eps": 0.01}}, "ks": [1, 3, 5]},
    "timing": {"started": "today", "seconds": 12.5},
}


def test_flips_by_hand():
    """Song a flips from k = 1 and from k = 11 on, song b never: 20 + 10 + 0 of 60 flips, 1 of 3 at k = 3."""
    board = overall([*flips("lime", 1), *flips("lime", 11, case=1), *flips("lime", 99, song="b")])
    assert board["lime"]["mean flip"] == "50 [0, 75]"
    assert board["lime"]["flip@3"] == "33 [0, 50]"
    assert board["lime"]["cases"] == "3"
    assert board["lime"]["failed"] == "-"


def test_perfect_and_hopeless_explainers_reach_the_limits():
    rows = [
        measure
        for explainer, share in (("perfect", 1), ("hopeless", 0))
        for song in "ab"
        for measure in [
            *flips(explainer, 1 if share else 99, song=song),
            row("flip_positive", share, 7, explainer=explainer, song=song),
            *(row("found", share * k, k, explainer=explainer, song=song, experiment="localisation") for k in (1, 3, 5)),
            row("fidelity", share, explainer=explainer, song=song, experiment="fidelity"),
        ]
    ]
    shares = ["flip@3", "mean flip", "flip@positive", "loc@1", "loc@3", "loc@5"]
    board = overall(rows)
    assert list(board) == ["perfect", "hopeless"]
    assert [board["perfect"][share] for share in shares] == ["100 [100, 100]"] * 6
    assert [board["hopeless"][share] for share in shares] == ["0 [0, 0]"] * 6
    assert (board["perfect"]["fidelity"], board["hopeless"]["fidelity"]) == ("1.00 [1.00, 1.00]", "0.00 [0.00, 0.00]")


def test_localisation_is_a_share_of_the_planted_segments():
    rows = [row("found", found, 5, case=case, experiment="localisation") for case, found in enumerate([1, 3, 2])]
    assert overall(rows)["lime"]["loc@5"] == "40"
    assert overall(rows)["lime"]["loc@3"] == "-"


def test_the_first_row_counts_the_excerpts_of_each_score_whoever_was_asked():
    """Of two excerpts with bounds, one leaves the oracle room above chance."""
    rows = [
        *(row("found", 1, 1, explainer=name, song=song, case=1) for name in ("lime", "shap") for song in "ab"),
        row("found", 1, 1, explainer="shap", setting=(1, 0)),
        row("found", 2, 3, explainer="shap"),
        *(flip for name in ("oracle", "random", "lime") for flip in curve(name, [0, 1])),
        *curve("oracle", [1, 1], song="b"),
        *curve("random", [0, 1], song="b"),
        *curve("lime", [1, 1, 1], song="c"),
    ]
    assert cells(section(render(table(rows), {}), "Overall"))["excerpts"] == ["3", "1", "1", "-", "3", "1", *["-"] * 6]


def test_costs_are_medians():
    costs = [(8000, 1.5), (8192, 2.0), (9000, 90.0)]
    rows = [
        row(metric, value, case=case, experiment="cost")
        for case, pair in enumerate(costs)
        for metric, value in zip(("queries", "seconds"), pair, strict=True)
    ]
    assert (overall(rows)["lime"]["queries"], overall(rows)["lime"]["seconds"]) == ("8192", "2.000")


def test_the_best_mean_flip_comes_first_and_references_are_marked():
    explainers = {"random": 15, "lime": 9, "delta-norm": 3, "shap": 9}
    rows = [flip for explainer, smallest in explainers.items() for flip in flips(explainer, smallest)]
    assert list(overall(rows)) == ["*delta-norm*", "lime", "shap", "*random*"]


def test_a_failed_explainer_keeps_its_row():
    rows = [*flips("lime", 9), failure("broken", "RuntimeError: boom"), failure("lime", "ValueError: NaN", case=1)]
    board = overall(rows)
    assert list(board) == ["lime", "broken"]
    assert set(board["broken"].values()) == {"failed", "0", "1"}
    assert (board["lime"]["failed"], board["lime"]["cases"], board["lime"]["flip@3"]) == ("1", "1", "0")


def test_an_explainer_that_is_not_applicable_keeps_its_row_and_says_why():
    """Its tests were skipped, not failed: there is a record for every case and experiment."""
    reason = "grad-cam needs a convolution, this detector has none"
    rows = [
        *flips("lime", 9),
        *(
            {**failure("grad-cam", reason, case), "experiment": name}
            for name in ("flip", "fidelity")
            for case in (0, 1)
        ),
    ]
    board = render(table(rows), {})
    assert set(cells(section(board, "Overall"))["grad-cam"]) == {"failed", "0", "4"}
    assert cells(section(board, "Failures"))["grad-cam"] == ["fidelity, flip", "4", reason]


def test_failures_are_counted_by_their_sentence_over_experiments():
    rows = [
        *(failure("lime", "boom", case) for case in range(3)),
        {**failure("lime", "boom"), "experiment": "fidelity"},
        failure("lime", "int | None"),
        {"metric": "failed", "value": 1.0, "reason": "the process that ran it died"},
    ]
    lines = section(render(table(rows), {}), "Failures").splitlines()[2:]
    assert [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines] == [
        ["(no explainer)", "-", "1", "the process that ran it died"],
        ["lime", "fidelity, flip", "4", "boom"],
        ["lime", "flip", "1", r"int \| None"],
    ]


def test_the_bounds_frame_the_board_and_have_no_other_scores():
    """Random flips half as often as the oracle at every k; lime as often, but for k = 1 and 2."""
    rows = [
        *flips("oracle", 1, experiment="oracle"),
        row("queries", 2**20, explainer="oracle", experiment="oracle"),
        row("seconds", 3, explainer="oracle", experiment="oracle"),
        *flips("lime", 3),
        *curve("random", [0.5] * 20, experiment="oracle"),
        row("flip_positive", 0.25, 10, explainer="random", experiment="oracle"),
        *(row("found", k * k / 20, k, explainer="random", experiment="oracle") for k in (1, 3, 5)),
        row("smallest", 1, explainer="", experiment="oracle"),
    ]
    board = overall(rows)
    assert list(board) == ["*oracle*", "lime", "*random*"]
    assert {name: list(scores.values()) for name, scores in board.items()} == {
        "*oracle*": ["100", "100", "100", *["-"] * 5, "1048576", "3.000", "1", "-"],
        "lime": ["90", "80", "100", *["-"] * 7, "1", "-"],
        "*random*": ["50", "0", "50", "25", "5", "15", "25", *["-"] * 3, "1", "-"],
    }


def test_explainers_without_a_score_are_left_out_of_its_table():
    board = render(table([*flips("lime", 3), row("found", 1, 1, explainer="shap")]), {})
    assert list(cells(section(board, "flip@3 by attack and direction"))) == ["explainer", "lime", "lime, paper"]


def test_sections_without_a_number_are_left_out():
    """But for those that say how the attack went and that nothing failed."""
    board = render(table(flips("lime", 3)), {})
    titles = [
        "Overall",
        "The paper's claims here",
        "How to read this board",
        "flip@3 by attack and direction",
        "flip@k",
        "The attack",
        "Failures",
    ]
    assert [line[3:] for line in board.splitlines() if line.startswith("## ")] == [*titles, "The run", "Timing"]
    assert section(board, "Failures") == "-"


def test_the_control_is_for_all_but_delta_norm_itself():
    rows = [
        measure
        for name, control in (("lime", 0), ("delta-norm", 1))
        for measure in [row("flip_positive", 1, 9, explainer=name), row("flip_positive_norm", control, explainer=name)]
    ]
    board = render(table(rows), {})
    assert list(cells(section(board, "flip@positive by attack and direction")))[1:3] == ["*delta-norm*", "lime"]
    controlled = cells(section(board, "flip@positive, controlled: as many segments, chosen by delta-norm"))
    assert list(controlled)[1:] == ["lime", "lime, paper"]
    assert controlled["lime"] == ["0", "-", "-", "-"]


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


def test_each_setting_has_its_own_score_and_curve():
    rows = [*flips("lime", 3), *flips("lime", 4, setting=(1, 1)), row("flip_positive", 1, 9, setting=(1, 1))]
    board = render(table(rows), MANIFEST)
    headers = ["waveform, no sing to sing", "waveform, sing to no sing"]
    headers += ["spectrogram, no sing to sing", "spectrogram, sing to no sing"]
    at_3 = cells(section(board, "flip@3 by attack and direction"))
    assert (at_3["explainer"], at_3["lime"]) == (headers, ["100", "-", "-", "0"])
    assert cells(section(board, "flip@positive by attack and direction"))["lime"] == ["-", "-", "-", "100"]
    curves = dict(part.split("\n\n") for part in section(board, "flip@k").split("\n\n### ")[1:])
    assert list(curves) == [headers[0], headers[3]]
    assert cells(curves[headers[0]])["lime"] == ["0"] * 2 + ["100"] * 18
    assert cells(curves[headers[3]])["lime"] == ["0"] * 3 + ["100"] * 17


@pytest.mark.parametrize(
    ("n", "sets", "chances"),
    [(8, "2^8 = 256 sets", "12.5, 37.5 and 62.5 %"), (20, "2^20 = 1,048,576 sets", "5, 15 and 25 %")],
)
def test_the_board_speaks_of_as_many_segments_as_there_are(n, sets, chances):
    rows = [*curve("lime", [0] * (n - 1) + [1]), row("found", 1, 1), row("fidelity", 0.5, 1), row("smallest", n)]
    board = render(table(rows), {})
    assert cells(section(board, "flip@k"))["k"] == [str(k) for k in range(1, n + 1)]
    legend = section(board, "How to read this board")
    for part in (f"top k of the {n} segments", f"k = 1..{n},", f"Chance finds k of {n}: {chances}", f"to all {sets}"):
        assert part in legend
    assert f"(by chance: {100 / n:g} %)" in section(board, "Fidelity of right and wrong explanations")
    assert f"the share of all 2^{n} sets" in section(board, "How many segments a flip needs")
    assert "{" not in board


def test_the_attack_is_accounted_for():
    def attack(metric, value, song="a", case=-1, reason=""):
        return row(metric, value, explainer="", song=song, case=case, experiment="attack", reason=reason)

    rows = [
        *(attack(metric, value) for metric, value in (("attempts", 8), ("successes", 2), ("slots", 4))),
        *(attack(metric, value, "b") for metric, value in (("attempts", 2), ("successes", 2), ("slots", 2))),
        attack("unfilled", 2, reason="6 of 8 attempts failed"),
        attack("unfilled", 0, "b"),
        *(attack("iterations", steps, case=case) for case, steps in enumerate([10, 20, 90])),
        *(attack("snr", level, case=case) for case, level in enumerate([30.0, 41.26, 50.0])),
    ]
    accounts = cells(section(render(table(rows), {}), "The attack"))
    reasons = "6 of 8 attempts failed: 2"
    assert accounts["waveform, no sing to sing"] == ["10", "4", "40%", "6", "2", reasons, "20", "41.3", "60.5%"]
    assert accounts["spectrogram, sing to no sing"] == [*["-"] * 8, "28.4%"]


def test_the_header_says_what_was_measured_on_what():
    """Song c was attacked in vain: it has no case."""
    rows = [*flips("lime", 3), *flips("delta-norm", 9), *flips("oracle", 1), *flips("lime", 3, song="b", case=4)]
    rows.append(row("attempts", 3, explainer="", experiment="attack", song="c", case=-1))
    board = render(table(rows), MANIFEST)
    counts = "adversarial excerpts: 2; songs with a case: 2; 1 explainer, 2 references"
    assert board.startswith("# A tiny board\n")
    assert f"Measured on corpus: synthetic; detector: small; scale: smoke; {counts}." in board


def test_the_manifest_is_shown_whole_and_its_timing_last():
    board = render(table(flips("lime", 3)), MANIFEST)
    assert cells(section(board, "The run").split("### options")[1]) == {
        "name": ["value"],
        "attack.waveform.eps": ["0.01"],
        "ks": ["1, 3, 5"],
    }
    before, timing = board.split("## Timing")
    assert cells(timing) == {"name": ["value"], "started": ["today"], "seconds": ["12.5"]}
    assert "12.5" not in before


def test_explainers_are_introduced_in_a_table_of_their_own():
    lime = {
        "access": "black box",
        "library": "lime",
        "reference": "Ribeiro et al. 2016",
        "settings": "Lime(kernel=0.25)",
    }
    own = {"access": "", "library": "", "reference": "", "settings": "my:own"}
    board = render(table(flips("lime", 3)), {**MANIFEST, "explainers": {"lime": lime, "my:own": own}})
    introduced = cells(section(board, "Explainers"))
    assert introduced.pop("name") == ["access", "library", "reference", "settings"]
    assert introduced == {"lime": list(lime.values()), "my:own": ["-", "-", "-", "my:own"]}
    assert "explainers" not in section(board, "The run")


def test_nothing_measured_is_said():
    board = render(table([]), {})
    assert "Nothing was measured." in board
    assert "## Overall" not in board


def test_failures_alone_make_a_board():
    board = render(table([failure("lime", "boom"), failure("shap", "boom")]), {})
    assert "adversarial excerpts: 0; songs with a case: 0; 2 explainers, 0 references." in board


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
    write_run(tmp_path, records, MANIFEST)
    main([str(tmp_path)])
    assert capsys.readouterr().out == render(records, MANIFEST)
    main([str(tmp_path / "records.parquet"), "--output", str(tmp_path / "board.md")])
    board = (tmp_path / "board.md").read_text(encoding="utf-8")
    assert re.sub(r"!\[.*\n\n", "", board) == render(records, MANIFEST)


def test_the_command_explains_what_is_missing(tmp_path):
    with pytest.raises(SystemExit, match="There are no records at"):
        main([str(tmp_path)])
