from pathlib import Path

import pytest

from veracity_bench.reports.measurements import folder
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.manifest import BOARD, read_manifest, write_manifest


def grow(place, text):
    new = folder.begin(place)
    (new / "leaderboard.md").write_text(text)
    write_manifest(new, {})
    return new


def report(place, text="old"):
    folder.put_in_place(grow(place, text), place)
    return place


def names(place):
    return sorted(path.name for path in place.iterdir())


def test_the_new_report_replaces_the_old_one_whole(tmp_path):
    place = tmp_path / "deep" / "latest"
    for text in ("old", "new"):
        report(place, text)
    assert (place / "leaderboard.md").read_text() == "new"
    assert names(place.parent) == ["latest"]


def test_the_old_report_stands_where_the_new_one_cannot_take_its_place(tmp_path, monkeypatch):
    place = report(tmp_path / "latest")
    new = grow(place, "new")
    rename = type(place).rename

    def fail(path, target):
        if path.name == "latest-incomplete":
            raise OSError("busy")
        return rename(path, target)

    monkeypatch.setattr(type(place), "rename", fail)
    with pytest.raises(OSError, match="busy"):
        folder.put_in_place(new, place)
    assert (place / "leaderboard.md").read_text() == "old"
    assert names(tmp_path) == ["latest", "latest-incomplete"]


def test_a_kill_between_the_two_renames_loses_nothing(tmp_path):
    place = report(tmp_path / "latest")
    place.rename(tmp_path / "latest-replaced")
    grow(place, "new")
    assert (place / "leaderboard.md").read_text() == "old"


def test_only_a_report_is_ever_replaced(tmp_path, monkeypatch):
    place = tmp_path / "latest"
    assert folder.obstacle(place) is None
    report(place)
    assert folder.obstacle(place) is None
    (place / "thesis.tex").touch()
    assert folder.obstacle(place).startswith("holds 'thesis.tex', which is no part of a report")
    assert folder.obstacle(place / "thesis.tex") == "is no folder"
    monkeypatch.chdir(tmp_path)
    assert "working folder" in folder.obstacle(tmp_path)
    assert "mount point" in folder.obstacle(Path("/"))


@pytest.mark.parametrize("name", ["figures/mine.svg", "figures/notes.txt", "figures/old/curves.svg", "excerpts.npz"])
def test_what_the_manifest_does_not_name_is_no_part_of_a_report(tmp_path, name):
    place = report(tmp_path / "latest")
    (place / name).parent.mkdir(parents=True, exist_ok=True)
    (place / name).touch()
    assert folder.obstacle(place).startswith(f"holds {name!r}")


@pytest.mark.parametrize("name", ["sub", "figures/sub"])
def test_a_report_does_not_lie_in_another(tmp_path, name):
    place = report(tmp_path / "latest")
    assert folder.obstacle(place / name).startswith(f"lies in the report at {place}, which it is no part of")


@pytest.mark.parametrize("sibling", ["latest-incomplete", "latest-replaced"])
def test_folders_of_others_beside_a_place_are_no_way_to_write(tmp_path, sibling):
    place = tmp_path / "latest"
    (tmp_path / sibling).mkdir()
    (tmp_path / sibling / ".records.parquet.1234").touch()  # of a write that was killed
    assert folder.obstacle(place) is None
    (tmp_path / sibling / "thesis.tex").touch()
    assert folder.obstacle(place).startswith(f"is written by way of {tmp_path / sibling}, where 'thesis.tex'")


def test_a_board_is_not_changed_by_way_of_what_is_of_others(tmp_path):
    place = report(tmp_path / "latest")
    (tmp_path / "latest-replaced" / "drafts").mkdir(parents=True)
    (tmp_path / "latest-replaced" / "drafts" / "thesis.tex").touch()
    with pytest.raises(RecordsError, match=r"thesis\.tex"), folder.changed(place / BOARD, place, BOARD):
        pass
    assert (place / BOARD).read_text() == "old"


def test_files_beside_a_report_are_no_place_to_write_by(tmp_path):
    (tmp_path / "latest-incomplete").touch()
    assert "'a file' would be lost" in folder.obstacle(tmp_path / "latest")


@pytest.mark.parametrize("run", ["one", "one-incomplete", "one-replaced"])
def test_a_report_never_replaces_what_it_is_made_from(tmp_path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RecordsError, match=f"replace {run}, which"):
        folder.check_spares(Path("one"), [Path(run)])
    with pytest.raises(RecordsError, match=f"replace .*{run}, which it is made from"):
        folder.check_spares(tmp_path / "one", [report(tmp_path / "other"), report(tmp_path / run)])
    folder.check_spares(tmp_path / "two", [tmp_path / run])


def test_a_report_of_other_runs_never_replaces_one_that_was_stopped(tmp_path):
    grow(tmp_path / "one", "stopped")
    with pytest.raises(RecordsError, match="one-incomplete holds a run that was stopped"):
        folder.check_spares(tmp_path / "one", [])


def test_a_file_of_a_report_is_changed_with_its_digest(tmp_path):
    run = report(tmp_path / "run")
    with folder.changed(run / BOARD, run, BOARD) as file:
        file.write_text("new")
    assert (run / BOARD).read_text() == "new"
    assert names(tmp_path) == ["run"]
    read_manifest(run)


def test_a_stopped_run_stays_where_the_board_beside_it_is_changed(tmp_path):
    run = report(tmp_path / "run")
    stopped = grow(run, "stopped")
    with folder.changed(run / BOARD, run, BOARD) as file:
        file.write_text("new")
    assert (stopped / BOARD).read_text() == "stopped"


def test_a_change_that_fails_leaves_no_trace(tmp_path):
    run = report(tmp_path / "run")
    with pytest.raises(OSError, match="full"), folder.changed(run / BOARD, run, BOARD):
        raise OSError("full")
    assert names(tmp_path) == ["run"]
    read_manifest(run)


@pytest.mark.parametrize(
    ("name", "run"),
    [
        ("leaderboard.md", "other"),
        ("leaderboard.html", "run"),
        ("notes.md", "run"),
        ("records.parquet", "run"),
        ("figures/board.md", "run"),
    ],
)
def test_nothing_else_is_written_into_a_report(tmp_path, name, run):
    place = report(tmp_path / "run")
    with (
        pytest.raises(RecordsError, match="report that this is no part of"),
        folder.changed(place / name, tmp_path / run, BOARD),
    ):
        pass


def test_elsewhere_files_are_written_as_they_are(tmp_path):
    (tmp_path / "manifest.json").write_text("{}")  # of something else
    with folder.changed(tmp_path / "board.md", tmp_path / "run", BOARD) as file:
        assert file == tmp_path / "board.md"
