import os
from pathlib import Path

import pytest

from veracity_bench.reports.measurements.files import final_name, replace


def test_a_file_is_written_whole_and_its_folder_made(tmp_path):
    replace(tmp_path / "a" / "b.txt", b"new")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"new"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.txt"]


def test_a_link_stays_one(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "file")
    replace(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"


@pytest.mark.parametrize("name", [".", "", "..", "folder"])
def test_a_folder_is_no_file_to_write(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="is a folder; give a file to write"):
        replace(Path(name), b"new")


@pytest.mark.parametrize("name", ["records.parquet", "figures/curves.dark.svg"])
def test_what_a_kill_leaves_is_known_by_its_name(tmp_path, monkeypatch, name):
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    monkeypatch.setattr(os, "replace", lambda *_: None)
    replace(tmp_path / name, b"new")
    (left,) = (path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert left != name
    assert final_name(left) == name
    assert final_name(name) == name


@pytest.mark.parametrize("name", [".hidden", "notes.2026", "figures/.x.svg", ".a/b.1"])
def test_other_names_stand(name):
    assert final_name(name) == name
