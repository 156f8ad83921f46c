import pytest

from veracity_bench.reports.measurements import folder
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.manifest import read_manifest, write_manifest


def grow(place, text):
    new = folder.begin(place)
    (new / "leaderboard.md").write_text(text)
    write_manifest(new, {})


def names(place):
    return sorted(path.name for path in place.iterdir())


def test_the_new_report_replaces_the_old_one_whole(tmp_path):
    place = tmp_path / "deep" / "latest"
    for text in ("old", "new"):
        grow(place, text)
        folder.put_in_place(place)
    assert (place / "leaderboard.md").read_text() == "new"
    assert names(place.parent) == ["latest"]


def test_the_old_report_stands_where_the_new_one_cannot_take_its_place(tmp_path, monkeypatch):
    place = tmp_path / "latest"
    grow(place, "old")
    folder.put_in_place(place)
    grow(place, "new")
    rename = type(place).rename

    def fail(path, target):
        if path.name == "latest-incomplete":
            raise OSError("busy")
        return rename(path, target)

    monkeypatch.setattr(type(place), "rename", fail)
    with pytest.raises(OSError, match="busy"):
        folder.put_in_place(place)
    assert (place / "leaderboard.md").read_text() == "old"
    assert names(tmp_path) == ["latest", "latest-incomplete"]


def test_a_kill_between_the_two_renames_loses_nothing(tmp_path):
    place = tmp_path / "latest"
    grow(place, "old")
    folder.put_in_place(place)
    place.rename(tmp_path / "latest-replaced")
    grow(place, "new")
    assert (place / "leaderboard.md").read_text() == "old"


def test_only_a_report_is_ever_replaced(tmp_path, monkeypatch):
    place = tmp_path / "latest"
    assert folder.obstacle(place) is None
    grow(place, "old")
    folder.put_in_place(place)
    assert folder.obstacle(place) is None
    (place / "thesis.tex").touch()
    assert folder.obstacle(place).startswith("holds 'thesis.tex', which is no part of a report")
    assert folder.obstacle(place / "thesis.tex") == "is no folder"
    monkeypatch.chdir(tmp_path)
    assert "working folder" in folder.obstacle(tmp_path)
    assert "mount point" in folder.obstacle(type(place)("/"))


def test_a_file_of_a_report_is_changed_with_its_digest(tmp_path):
    grow(tmp_path / "run", "old")
    folder.put_in_place(tmp_path / "run")
    with folder.changed(tmp_path / "run" / "leaderboard.md", tmp_path / "run") as file:
        file.write_text("new")
    assert (tmp_path / "run" / "leaderboard.md").read_text() == "new"
    assert names(tmp_path) == ["run"]
    read_manifest(tmp_path / "run")


@pytest.mark.parametrize(("name", "run"), [("leaderboard.md", "other"), ("notes.md", "run")])
def test_nothing_else_is_written_into_a_report(tmp_path, name, run):
    grow(tmp_path / "run", "old")
    folder.put_in_place(tmp_path / "run")
    with (
        pytest.raises(RecordsError, match="report that it is no part of"),
        folder.changed(tmp_path / "run" / name, tmp_path / run),
    ):
        pass


def test_elsewhere_files_are_written_as_they_are(tmp_path):
    with folder.changed(tmp_path / "board.md", tmp_path / "run") as file:
        assert file == tmp_path / "board.md"
