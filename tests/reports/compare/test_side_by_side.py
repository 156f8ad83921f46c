"""Two runs on one page."""

import pytest
from boards import bounds, failure, flips

from veracity_bench.reports.compare.command import main
from veracity_bench.reports.compare.side_by_side import Side, merged, render
from veracity_bench.reports.measurements.records import table, write_run

ONE = {"measured": {"detector": "small", "segments": "grid"}, "detector": {"weights": "1", "threshold": 0.5}}
OTHER = {"measured": {"detector": "large", "segments": "grid"}, "detector": {"weights": "2", "threshold": 0.4}}
BOUNDS = bounds([1] * 20, [0.5] * 20)
HOSTILE = "<b>&x"


@pytest.fixture
def no_figures(monkeypatch):
    monkeypatch.setattr("veracity_bench.reports.figures.files", lambda *given, **settings: iter(()))


def test_tables_are_laid_side_by_side():
    tables = [
        (["explainer", "flip", "loc"], {"": ["excerpts", "3", "2"], "lime": ["lime", "50", "1"]}),
        (["explainer", "flip"], {"": ["excerpts", "4"], "rise": ["rise", "60"]}),
    ]
    headers, rows = merged(tables)
    assert headers == ["explainer", "flip A", "flip B", "loc A", "loc B"]
    assert rows == [
        ["excerpts", "3", "4", "2", "-"],
        ["lime", "50", "-", "1", "-"],
        ["rise", "-", "60", "-", "-"],
    ]


def test_runs_of_two_detectors_stand_side_by_side(tmp_path, capsys, no_figures):
    write_run(tmp_path / "one", table([*flips("lime", 3), *BOUNDS]), ONE)
    write_run(tmp_path / "other", table([*flips("lime", 5), *flips("rise", 2), *BOUNDS]), OTHER)
    with pytest.raises(SystemExit) as stop:
        main([str(tmp_path / "one"), str(tmp_path / "other"), "--page", str(tmp_path / "both.html")])
    assert stop.value.code == 0
    assert "differ in the detector: small and large" in capsys.readouterr().err
    page = (tmp_path / "both.html").read_text(encoding="utf-8")
    assert "<h1>A: one, B: other</h1>" in page
    assert '<td class="words"><strong>small</strong></td><td class="words"><strong>large</strong></td>' in page
    assert '<th scope="row">lime</th><td>90</td><td>80</td>' in page
    assert '<th scope="row">rise</th><td>-</td><td>95</td>' in page


def test_what_others_have_written_stays_text(no_figures):
    rows = table([*flips(HOSTILE, 3), *BOUNDS, failure("rise", HOSTILE)])
    side = Side(HOSTILE, rows, {"measured": {"detector": HOSTILE}}, [], HOSTILE)
    page = render(side, side)
    assert HOSTILE not in page
    assert "&lt;b&gt;&amp;x" in page
    assert "No score changed." in page


def test_a_page_does_not_lie_in_a_report(tmp_path, capsys, no_figures):
    write_run(tmp_path, table([]), ONE)
    with pytest.raises(SystemExit) as stop:
        main([str(tmp_path), str(tmp_path), "--page", str(tmp_path / "both.html")])
    assert stop.value.code == 2
    assert "no part of" in capsys.readouterr().err
