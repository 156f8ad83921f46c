"""The pytest plugin: where the report of a run goes, and what there is to know for it.

Only the controller of xdist's workers reports: what the items have recorded is collected in collector.py, the report is
written in ending.py. A run without any benchmark item leaves the last report alone.
"""

import os
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from veracity_bench.reports.alike import AlikeOnce
from veracity_bench.reports.collector import Collector, failed, without_records
from veracity_bench.reports.ending import Ending
from veracity_bench.reports.measurements.folder import obstacle

Status = tuple[str, str, Any]


class Hooks:
    """The hooks that this plugin declares: others implement the first three, which it calls, and it the last."""

    @pytest.hookspec(firstresult=True)
    def pytest_veracity_manifest(self, config: pytest.Config) -> Mapping[str, Any] | None:
        """Describe the run: a title, what the header shows ("measured"), and any nested settings and versions."""

    @pytest.hookspec(firstresult=True)
    def pytest_veracity_excerpts(
        self, config: pytest.Config, places: Sequence[tuple[str, str, str]]
    ) -> Sequence[Mapping[str, Any]] | None:
        """Describe excerpts of these (attack, direction, song), each by the fields of measurements.excerpts.Excerpt."""

    @pytest.hookspec(firstresult=True)
    def pytest_veracity_parts(self, config: pytest.Config) -> Mapping[str, Path] | None:
        """Return the reports of parts of the run that were measured elsewhere, by the groups that each is of."""

    @pytest.hookspec
    def pytest_veracity_record(self, config: pytest.Config, row: Mapping[str, Any]) -> None:
        """Check a number when an item records it; raise for one that the schema of the records does not admit."""


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare the hooks."""
    pluginmanager.add_hookspecs(Hooks)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare where the report goes."""
    parser.getgroup("veracity bench").addoption(
        "--report-dir",
        type=Path,
        default=Path("reports", "latest"),
        help="directory of the records, the manifest and the leaderboard, from the folder of the run (%(default)s)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Start to collect, unless this is a worker."""
    os.environ["MPLBACKEND"] = "agg"  # that of a notebook keeps matplotlib from being imported here, and shap with it
    if not hasattr(config, "workerinput"):
        collector = Collector()
        config.pluginmanager.register(collector)
        config.pluginmanager.register(AlikeOnce(collector))
        config.pluginmanager.register(Ending(config, collector, directory(config)))


def pytest_sessionstart(session: pytest.Session) -> None:
    """Find out before a long run whether its report can be written."""
    place = directory(session.config)
    if why := obstacle(place):
        raise pytest.UsageError(f"--report-dir {place} {why}")
    for folder in (place, place.parent):
        existing = next(path for path in (folder, *folder.parents) if path.exists())
        if not (existing.is_dir() and os.access(existing, os.W_OK)):
            raise pytest.UsageError(f"--report-dir {place}: {existing} is no folder that can be written to")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let an item's last report have its records, and no other: those of its subtests would have all so far."""
    report = yield
    if report.when == "teardown":
        item.user_properties[:] = without_records(item.user_properties)
    else:
        report.user_properties = without_records(report.user_properties)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> Generator[None, None, None]:
    """Forget the records in a report when everybody has read it: pytest keeps all reports to the end of the run."""
    yield
    report.user_properties = without_records(report.user_properties)


@pytest.hookimpl(wrapper=True)
def pytest_report_teststatus(report: pytest.TestReport) -> Generator[None, Status, Status]:
    """Count and list a failed case once: pytest fails its item, too, whose category is left empty."""
    category, letter, word = yield
    return "" if report.failed and not failed(report) else category, letter, word


def pytest_veracity_record(row: Mapping[str, Any]) -> None:
    """Refuse a metric that no section of the board declares, and values out of its range, with RecordsError."""
    # pandas takes a second to import, which runs without a benchmark need not spend.
    from veracity_bench.reports.measurements.metrics import check_row  # noqa: PLC0415

    check_row(row)


def directory(config: pytest.Config) -> Path:
    """Return the place of the report."""
    path: Path = config.invocation_params.dir / config.getoption("report_dir")
    return path.resolve()
