from pathlib import Path

import pytest
from pages import EXCERPTS, MANIFEST, run

from veracity_bench.fixtures.corpora.corpus import SYNTHETIC_SONGS, read_corpus
from veracity_bench.reports import publish
from veracity_bench.reports.measurements.excerpts import write_excerpts
from veracity_bench.reports.measurements.manifest import read_manifest
from veracity_bench.reports.measurements.records import write_run

PUBLISHED = Path(__file__).parents[2] / "reports" / "published"


@pytest.fixture
def published(tmp_path):
    """Publish a run of a corpus; returns where it stands."""

    def published(corpus):
        write_excerpts(tmp_path / "run", EXCERPTS)
        write_run(tmp_path / "run", run(), {**MANIFEST, "measured": {"corpus": "synthetic songs"}, "corpus": corpus})
        publish.main([str(tmp_path / "run"), str(tmp_path / "there")])
        return tmp_path / "there"

    return published


@pytest.mark.parametrize(
    ("corpus", "sounds"), [({"key": publish.SYNTHETIC_SONGS}, True), ({"key": "0" * 64}, False), ({}, False)]
)
def test_only_the_very_synthetic_songs_are_published_with_sounds(published, corpus, sounds):
    place = published(corpus)
    files = {path.name for path in place.iterdir()}
    assert files == {"figures", "leaderboard.html", "leaderboard.md", "manifest.json", "records.parquet"}
    assert ("data:audio" in (place / "leaderboard.html").read_text(encoding="utf-8")) == sounds


def test_what_the_project_has_published_holds_no_sound_of_others():
    pages = {path.parent.name: path.read_text(encoding="utf-8") for path in PUBLISHED.glob("*/*.html")}
    assert all(name.startswith("synthetic") for name, page in pages.items() if "data:audio" in page)
    assert not list(PUBLISHED.rglob("excerpts.npz"))


@pytest.mark.parametrize("name", sorted(run.name for run in PUBLISHED.iterdir() if run.is_dir()))
def test_what_the_project_has_published_is_whole(name):
    assert read_manifest(PUBLISHED / name)["title"] == "Veracity Bench"


def test_the_key_is_that_of_the_songs_in_the_repository():
    assert read_corpus(SYNTHETIC_SONGS).key == publish.SYNTHETIC_SONGS


def test_a_run_is_not_published_over_itself(tmp_path):
    write_excerpts(tmp_path / "run", EXCERPTS)
    write_run(tmp_path / "run", run(), MANIFEST)
    with pytest.raises(SystemExit, match="which it is made from"):
        publish.main([str(tmp_path / "run"), str(tmp_path / "run")])
    assert (tmp_path / "run" / "excerpts.npz").is_file()


def test_an_incomplete_run_is_published_with_a_warning(tmp_path, capsys):
    write_run(tmp_path / "run", run(), {**MANIFEST, "measured": {"incomplete": "the run was stopped early"}})
    publish.main([str(tmp_path / "run"), str(tmp_path / "there")])
    shown = capsys.readouterr()
    assert shown.out == f"{tmp_path / 'there' / 'leaderboard.md'}\n"
    assert shown.err == "This run is incomplete, and its board states why: the run was stopped early.\n"
    assert "its run is incomplete: the run was stopped early" in (tmp_path / "there" / "leaderboard.md").read_text()


def test_what_is_no_run_is_refused(tmp_path):
    with pytest.raises(SystemExit, match="There are no records at"):
        publish.main([str(tmp_path), str(tmp_path / "there")])
