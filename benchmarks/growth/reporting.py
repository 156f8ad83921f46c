"""The stages after everything is measured: from what items have recorded to what people read."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd

from veracity_bench.benchmarks.growth.copies import copies
from veracity_bench.benchmarks.growth.prepare import RUN, SOURCE, TIMES
from veracity_bench.reports import figures, final_report, leaderboard, page
from veracity_bench.reports import report as whole
from veracity_bench.reports.collector import Collector
from veracity_bench.reports.measurements.excerpts import read_excerpts
from veracity_bench.reports.measurements.records import read_run, write_run

ITEM = ["experiment", "explainer", "attack", "direction", "song"]


def collect_records(folder: Path) -> int:
    """Collect the records of all items as their reports arrive, and write them; return how many there are."""
    collector = Collector()
    records, manifest = read_run(folder / SOURCE)
    for part in copies(records, int((folder / TIMES).read_text())):
        for report in _reports(part):
            collector.pytest_runtest_logreport(report)
    measured = final_report.admitted(collector.records)
    write_run(folder / "collected", measured, manifest)
    return len(measured)


def _reports(records: pd.DataFrame) -> Iterator[Any]:
    """Make what pytest passes on of every item when it has ended."""
    rows = records.to_dict("records")
    items: dict[Any, Any] = records.groupby(ITEM, sort=False).indices
    for place, own in items.items():
        item = dict(zip(ITEM, place, strict=True))
        yield SimpleNamespace(
            nodeid="-".join(map(str, place)),
            when="teardown",
            outcome="passed",
            failed=False,
            user_properties=[("item", item), ("records", [rows[i] for i in own])],
        )


def board(folder: Path) -> int:
    """Read the records and render the board; return how many records there are."""
    records, manifest = read_run(folder / RUN)
    leaderboard.render(records, manifest)
    return len(records)


def draw(folder: Path) -> int:
    """Read the records and draw all figures; return how many records there are."""
    records, _ = read_run(folder / RUN)
    list(figures.files(records, read_excerpts(folder / RUN)))
    return len(records)


def browse(folder: Path) -> int:
    """Read the records and render the page, its own parts alone; return how many records there are."""
    records, manifest = read_run(folder / RUN)
    page.render(records, manifest, read_excerpts(folder / RUN), board=leaderboard.Board("", {}))
    return len(records)


def report(folder: Path) -> int:
    """Read the records and write the whole report; return how many records there are."""
    records, manifest = read_run(folder / RUN)
    excerpts = read_excerpts(folder / RUN)
    whole.write(folder / "report", records, manifest, lambda: excerpts)
    return len(records)
