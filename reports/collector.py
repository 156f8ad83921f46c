"""From pytest's reports to records: the numbers that items have recorded, and what became of those that failed.

A benchmark item carries the property "item" (its coordinates: experiment, explainer, attack, direction, song) and any
number of properties "records" (lists of rows, which may override coordinates), which only its last report has. A failed
subtest is a failed case, a failure outside of subtests a failed item. One with the property "unfinished" failed for
want of room on a disk, so the run is not complete. Of an item that runs again, as after the death of its process, the
last time counts.
"""

import math
import re
from array import array
from collections.abc import Iterable, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from veracity_bench.locations import room
from veracity_bench.reports.measurements.columns import FAILED
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.packed_rows import PackedRows

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "benchmarks"


class Collector:
    """Collects the records of a run from the reports of its items, in whatever process they ran."""

    def __init__(self) -> None:
        self.items: dict[str, Mapping[str, str]] = {}
        self._rows = PackedRows()
        self._times = array("q")  # of each row, which of the times that items ran
        self._last: dict[str, int] = {}  # the last of them, by item
        self._counter = count()
        self._collected: set[str] = set()
        self._ended: set[str] = set()

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to report."""
        return not (self.items or len(self._rows))

    @property
    def records(self) -> "pd.DataFrame":
        """Return the rows of all items as they came, each number once, however often it was measured.

        They have the schema's columns and types; what else it requires is for `canonical` to check.
        """
        # pandas takes a second to import, which runs without a benchmark need not spend.
        from veracity_bench.reports.measurements.latest import latest  # noqa: PLC0415
        from veracity_bench.reports.measurements.records import unpacked  # noqa: PLC0415

        return latest(unpacked(self._rows), self._times, self._last.values())

    @property
    def unfinished(self) -> str:
        """Return in a clause how many items did not run to their end, "" if all did."""
        left = len(self._collected - self._ended)
        return f"{left} of {len(self._collected)} items did not run to their end" if left else ""

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note which items are to run in this process."""
        self._collected.update(item.nodeid for item in session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Iterable[str]) -> None:
        """Note which items are to run in the workers."""
        self._collected.update(ids)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the failure of any report, and the records of an item's last one, which has all of them."""
        properties: list[tuple[str, Any]] = report.user_properties
        self.items.update((report.nodeid, value) for name, value in properties if name == "item")
        known = report.nodeid in self.items
        if report.when == "setup" or died(report) or report.nodeid not in self._last:
            self._last[report.nodeid] = next(self._counter)
        if failed(report) and (known or is_benchmark(report.nodeid)):
            self._add(report.nodeid, self._failure(report))
        if report.when == "teardown" and known:
            item = self.items[report.nodeid]
            for row in (row for name, rows in properties if name == "records" for row in rows):
                self._add(report.nodeid, _finite({**item, **row}))
        unfinished = any(name == "unfinished" for name, _ in properties)
        if (report.when == "teardown" and not unfinished) or (died(report) and report.failed):
            self._ended.add(report.nodeid)

    def _add(self, nodeid: str, row: Mapping[str, Any]) -> None:
        """Add a row to those of this time of an item; one that no table can hold becomes a failure."""
        try:
            self._rows.add(row)
        except RecordsError as error:
            self._rows.add(not_admitted(row, error))
        self._times.append(self._last[nodeid])

    def _failure(self, report: pytest.TestReport) -> dict[str, Any]:
        reason = sentence(report)
        if report.nodeid not in self.items:
            reason = f"{report.nodeid}: {reason}"
        return {
            **self.items.get(report.nodeid, {}),
            "case": case_index(report),
            "metric": "failed",
            "value": 1.0,
            "reason": reason,
        }


def without_records(properties: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Return the other properties of an item or of a report."""
    return [each for each in properties if each[0] != "records"]


def not_admitted(row: Mapping[str, Any], error: RecordsError) -> dict[str, Any]:
    """Return the failure that stands for a row which breaks the schema."""
    return {"metric": FAILED, "value": 1.0, "reason": f"{row.get('explainer', '')}: {error}"}


def _finite(row: dict[str, Any]) -> dict[str, Any]:
    """Turn a value that is no finite number into the failure of its case."""
    if isinstance(row["value"], float) and not math.isfinite(row["value"]):
        return {**row, "metric": "failed", "value": 1.0, "reason": f"{row['metric']} is {row['value']}"}
    return row


def is_benchmark(nodeid: str) -> bool:
    """Return whether a node id is of a benchmark, not of a test of one.

    Its root need not be the clone's: of files outside of its root, pytest's ids have no folder.
    """
    *folders, name = nodeid.partition("::")[0].split("/")
    if not folders:
        return (room(FOLDER) / name).is_file()
    return FOLDER in folders and "tests" not in folders


def failed(report: pytest.TestReport) -> bool:
    """Return whether a report is of a failure that no other report is of."""
    # While it shows its progress, pytest fails an item for its failed subtests, in workers before they send the report.
    return report.failed and not re.fullmatch(r"contains \d+ failed subtests?", str(report.longrepr))


def died(report: pytest.TestReport) -> bool:
    """Return whether a report is of an item whose process died, as xdist reports it."""
    return report.when not in ("setup", "call", "teardown")


def case_index(report: pytest.TestReport) -> int:
    """Return the case that a report is about, -1 for the whole item."""
    if not isinstance(report, pytest.SubtestReport):
        return -1
    # pytest ships the repr of the index, and once more the repr of that if the report comes from a worker: "3", "'3'"
    index = str(report.context.kwargs.get("case", "")).strip("'\"")
    return int(index) if index.isdecimal() else -1


def sentence(report: pytest.TestReport) -> str:
    """Return in one sentence why an item failed, such as "RuntimeError: boom"."""
    if died(report):
        return "the process that ran it died"
    crash = getattr(report.longrepr, "reprcrash", None)
    lines = (crash.message if crash else str(report.longrepr)).splitlines()
    errors = [line.removeprefix("E ") for line in lines if line.startswith("E ")]
    told = [line.strip() for line in errors or lines if line.strip()] or ["no reason given"]
    reason = " ".join(told[:2]) if re.fullmatch(r"\w+:", told[0]) else told[0]  # numpy's messages begin on the second
    return reason.removeprefix("Failed: ")  # the message of pytest.fail() is a sentence already
