import errno
from functools import partial
from pathlib import Path

import pytest
from boards import flips
from pages import EXCERPTS, MANIFEST, run

from veracity_bench.reports import figures, leaderboard, report
from veracity_bench.reports.measurements.excerpts import read_excerpts
from veracity_bench.reports.measurements.manifest import BOARD, PAGE
from veracity_bench.reports.measurements.records import read_run, table
from veracity_bench.reports.sections import order, overall

write = partial(report.write, excerpts=lambda: EXCERPTS)
OLD, NEW = table(flips("lime", 3)), table(flips("lime", 4, song="b"))


def test_a_report_is_bound_together(tmp_path, quickly):
    written = write(tmp_path / "latest", NEW, MANIFEST)
    assert written == report.Report(tmp_path / "latest", [])
    assert read_run(tmp_path / "latest")[1] == MANIFEST
    assert len(read_excerpts(tmp_path / "latest")) == len(EXCERPTS)
    assert [path.name for path in tmp_path.iterdir()] == ["latest"]


def test_an_incomplete_run_leaves_the_old_report_and_is_marked(tmp_path, quickly):
    write(tmp_path / "latest", OLD, MANIFEST)
    written = write(tmp_path / "latest", NEW, report.incomplete(MANIFEST, "it was stopped"))
    assert written.folder == tmp_path / "latest-incomplete"
    assert len(read_run(tmp_path / "latest")[0]) == len(OLD)
    assert read_run(written.folder)[1]["measured"]["incomplete"] == "it was stopped"
    marked = "Do not take this board for a whole one, its run is incomplete: it was stopped."
    for name in (BOARD, PAGE):
        assert marked in (written.folder / name).read_text(encoding="utf-8")


@pytest.fixture
def quickly(monkeypatch):
    """Render no section and one figure, which takes no time."""
    monkeypatch.setattr(figures, "files", lambda *_, **__: [(Path("figures", "gap.svg"), b"<svg/>")])
    monkeypatch.setattr(leaderboard, "sections", lambda: ())


@pytest.mark.parametrize("writes", range(8))
def test_a_full_disk_at_any_moment_leaves_the_old_report_and_what_was_measured(tmp_path, monkeypatch, quickly, writes):
    write(tmp_path / "latest", OLD, MANIFEST)
    left = iter(range(writes))
    write_bytes = Path.write_bytes

    def until_full(path, content):
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write_bytes(path, content)

    monkeypatch.setattr(Path, "write_bytes", until_full)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path / "latest", NEW, MANIFEST)
    monkeypatch.undo()
    assert len(read_run(tmp_path / "latest")[0]) == len(OLD)
    if writes >= 2:  # records and manifest
        records, manifest = read_run(tmp_path / "latest-incomplete")
        assert (len(records), manifest["measured"]["incomplete"]) == (len(NEW), report.UNFINISHED)


def broken(*_, **__):
    raise ZeroDivisionError("no\nnumber")


def test_a_section_a_figure_and_a_page_that_fail_leave_the_rest(tmp_path, monkeypatch):
    monkeypatch.setattr(report.page, "write", broken)
    monkeypatch.setitem(vars(overall.SECTION), "table", broken)
    monkeypatch.setitem(vars(order.figures()["ranks"]), "draw", broken)
    written = write(tmp_path / "latest", run(), MANIFEST)
    sentences = [f"{what} could not be rendered: ZeroDivisionError: no number." for what in
                 ("The figure ranks", 'The section "Overall"', "The page")]  # fmt: skip
    assert written.faults == sentences
    board = (tmp_path / "latest" / BOARD).read_text(encoding="utf-8")
    assert f"## Overall\n\n{sentences[1]}\n\n## " in board
    assert "figures/curves.svg" in board
    assert not (tmp_path / "latest" / PAGE).exists()
    assert len(read_run(tmp_path / "latest")[0]) == len(run())


def test_excerpts_that_fail_leave_the_rest(tmp_path, quickly):
    assert write(tmp_path / "latest", NEW, MANIFEST, excerpts=broken).faults == [
        "The excerpts could not be rendered: ZeroDivisionError: no number."
    ]
    assert read_excerpts(tmp_path / "latest") == []
