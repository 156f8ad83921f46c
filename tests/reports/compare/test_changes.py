import pytest
from boards import cells, curve, failure, refusal, row

from veracity_bench.reports.compare.changes import changes, report, worse
from veracity_bench.reports.compare.command import main
from veracity_bench.reports.measurements.records import table, write_run

SONGS = "abcdefghijkl"
LEFT = {("lime", song) for song in SONGS[2:]}
MANIFEST = {
    "measured": {"segments": "grid", "corpus": "toys", "detector": "small"},
    "corpus": {"key": "songs"},
    "detector": {"weights": "ab12", "threshold": 0.5},
    "options": {"waveform": "Attack(epsilon=0.01)", "samples": 8192, "seed": 0},
    "definitions": {"front end": 1, "cases": 2},
}


def board(lime=(0, 1), **others):
    """Every explainer has the same flips in every song."""
    explainers = {"lime": lime, **others}
    return [flip for name, flips in explainers.items() for song in SONGS for flip in curve(name, flips, song=song)]


def run(rows, **manifest):
    return table(rows), {**MANIFEST, **manifest}


def compared(capsys, tmp_path, old, new, *options):
    """The status and what is printed, to the standard output or error."""
    for name, (records, manifest) in (("old", old), ("new", new)):
        write_run(tmp_path / name, records, manifest)
    status = 0
    try:
        main([str(tmp_path / "old"), str(tmp_path / "new"), *options])
    except SystemExit as stop:
        status = stop.code
    printed = capsys.readouterr()
    return status, printed.out + printed.err


def test_changes_by_hand():
    """Mean flip from 1/2 to 1, but for the last four songs: up by (8 * 1/2 - 2 * 1/2 + 0) / 12."""
    by_song = zip(SONGS, [*[[1, 1]] * 8, *[[0, 0]] * 2, *[[0, 1]] * 2], strict=True)
    new = [flip for song, flips in by_song for flip in curve("lime", flips, song=song)]
    (change,) = changes(table(board()), table(new))
    assert (change.explainer, change.measure.title, change.old, change.new) == ("lime", "mean flip", 0.5, 0.75)
    assert (change.difference.value, change.cases, change.direction) == (0.25, 12, 0)


def test_a_handful_of_songs_makes_nothing_sure():
    old, new = (table([row("flip", flip, 1, song=song) for song in SONGS[:5]]) for flip in (1, 0))
    assert [(c.difference.value, c.direction) for c in changes(old, new)] == [(-1, 0)]
    assert not worse((old, MANIFEST), (new, MANIFEST))


def test_a_sure_change_is_marked():
    text = report(run(board()), run(board((1, 1))))
    assert cells(text)["lime"] == ["mean flip", "0.5", "1", "+0.5 [+0.133, +0.622]", "12", "up"]
    assert not worse(run(board()), run(board((1, 1))))


def test_only_what_changed_is_told():
    text = report(run(board(shap=(0, 1))), run(board(shap=(0, 0))))
    assert list(cells(text))[1:] == ["shap"]
    assert cells(text)["shap"][-1] == "down"
    assert worse(run(board(shap=(0, 1))), run(board(shap=(0, 0))))


def test_planted_segments_are_counted_as_shares():
    (change,) = changes(table([row("found", 1, 5)]), table([row("found", 2, 5)]))
    assert (change.measure.title, change.old, change.new) == ("loc@5", 0.2, 0.4)
    assert (change.difference.value, change.direction) == (pytest.approx(0.2), 0)  # one song has no interval


def test_what_the_oracle_planted_is_a_share_of_all_of_it():
    """Of 1 and 4 planted segments 1 and 1 are found, then 1 and 3."""
    old, new = ([row("oracle_found", 1, 1), row("oracle_found", found, 4, case=1)] for found in (1, 3))
    (change,) = changes(table(old), table(new))
    assert (change.measure.title, change.old, change.new, change.difference.value) == (
        "planted by oracle",
        0.4,
        0.8,
        0.4,
    )


def test_what_is_no_longer_measured_is_worse():
    """Both have the same cases and lime's fidelity; the new board lacks the flips of two songs, and those of shap."""
    fidelity = [row("fidelity", 0.5, explainer=name, song=song) for name in ("lime", "shap") for song in SONGS]
    old = [*board(shap=(0, 1)), *fidelity]
    new = [one for one in old if one["metric"] == "fidelity" or (one["explainer"], one["song"]) in LEFT]
    assert cells(report(run(old), run(new)))["lime"] == ["mean flip", "2"]
    assert "| shap | mean flip | 12 |" in " ".join(report(run(old), run(new)).split())
    assert worse(run(old), run(new))
    assert not worse(run(new), run(old))
    assert "No longer measured" not in report(run(new), run(old))


def test_a_score_other_than_flips_may_be_left_out():
    old = [*board(), row("fidelity", 0.5)]
    assert cells(report(run(old), run(board())))["lime"] == ["fidelity", "1"]
    assert not worse(run(old), run(board()))


def test_seconds_are_no_change():
    old, new = ([*board(), row("seconds", seconds)] for seconds in (1, 2))
    assert "No score changed." in report(run(old), run(new))


def test_a_rounding_is_no_change():
    assert "No score changed." in report(run([row("fidelity", 0.1 + 0.2)]), run([row("fidelity", 0.3)]))


def test_who_came_and_who_went_is_told():
    text = report(run(board(gone=(0, 1))), run(board(came=(0, 1))))
    assert "Only on the old board: gone." in text
    assert "Only on the new board: came." in text
    assert not worse(run(board(gone=(0, 1))), run(board(came=(0, 1))))


def test_who_fails_where_it_did_not_is_worse():
    old, new = run(board()), run([*board(), failure("lime", "boom", case=0)])
    assert cells(report(old, new))["lime"] == ["flip", "boom", "1"]
    assert worse(old, new)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([failure("lime", "boom", case=0)], [failure("lime", "bang", case=0)]),  # it failed there
        ([], [{**failure("lime", "boom"), "experiment": "drawings"}]),  # it was not asked that
        ([], [failure("new", "boom")]),  # it is new
        ([failure("lime", "boom", case=0)], []),  # it fails no longer
        ([], [refusal("lime", "it needs a convolution")]),  # it is not applicable
        ([refusal("new", "it needs a convolution")], [failure("new", "boom", case=0)]),  # it never was
    ],
)
def test_other_failures_are_not_worse(before, after):
    assert not worse(run([*board(), *before]), run([*board(), *after]))


@pytest.mark.parametrize(
    ("differs", "manifest"),
    [
        ("songs: both toys, with other audio or labels", {"corpus": {"key": "others"}}),
        ("songs: toys and mine", {"corpus": {"key": "others"}, "measured": {"segments": "grid", "corpus": "mine"}}),
        ("detector: both small, with other weights", {"detector": {"weights": "cd34", "threshold": 0.5}}),
        (
            "detector: small and speech:load",
            {"measured": {"segments": "grid", "classifier": "speech:load"}, "detector": {"weights": "cd34"}},
        ),
        ("threshold of the detector: 0.5 and 0.6", {"detector": {"weights": "ab12", "threshold": 0.6}}),
        ("segments: grid and grid, finer", {"measured": {"segments": "grid, finer"}}),
        ("baseline: mean and other-class", {"measured": {"segments": "grid", "baseline": "other-class"}}),
        (
            "waveform attack: Attack(epsilon=0.01) and Attack(epsilon=0.1)",
            {"options": {**MANIFEST["options"], "waveform": "Attack(epsilon=0.1)"}},
        ),
        ("seed: 0 and 1", {"options": {**MANIFEST["options"], "seed": 1}}),
        ("definition of cases: 2 and 3", {"definitions": {"front end": 1, "cases": 3}}),
        ("definition of cases: 2 and None", {"definitions": {"front end": 1}}),
        ("definition of songs: None and 1", {"definitions": {**MANIFEST["definitions"], "songs": 1}}),
    ],
)
def test_boards_of_other_definitions_refuse(differs, manifest, tmp_path, capsys):
    status, printed = compared(capsys, tmp_path, run(board()), run(board(), **manifest))
    assert (status, printed) == (2, f"The boards cannot be compared, for they differ in the {differs}.\n")


def test_a_board_of_before_there_was_a_choice_of_baselines_has_the_mean(tmp_path, capsys):
    new = run(board(), measured={"segments": "grid", "baseline": "mean"})
    assert compared(capsys, tmp_path, run(board()), new)[0] == 0


def test_boards_of_other_cases_refuse(tmp_path, capsys):
    more = [*board(), *curve("lime", [0, 1], song="d", case=3)]
    status, printed = compared(capsys, tmp_path, run(board()), run(more))
    counts = "0 are on the old one only, 1 on the new one only, such as waveform nosing_to_sing d 3"
    assert (status, printed) == (2, f"The boards cannot be compared, for their cases differ: {counts}.\n")


def test_a_board_that_cannot_be_read_refuses(tmp_path, capsys):
    write_run(tmp_path / "old", *run(board()))
    with pytest.raises(SystemExit) as stop:
        main([str(tmp_path / "old"), str(tmp_path / "none")])
    assert stop.value.code == 2
    assert "There are no records at" in capsys.readouterr().err


def test_the_command_tells_and_fails_if_asked_to(tmp_path, capsys):
    worse_runs = run(board((1, 1))), run(board((0, 1)))
    status, printed = compared(capsys, tmp_path, *worse_runs)
    assert status == 0
    assert printed == f"# What changed\n\n{report(*worse_runs)}"
    assert compared(capsys, tmp_path, *worse_runs, "--fail-if-worse")[0] == 1
    assert compared(capsys, tmp_path, *reversed(worse_runs), "--fail-if-worse")[0] == 0
