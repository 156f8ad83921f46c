"""The pytest plugin: at the end of a run, writes what the benchmark items have recorded, and shows the board.

Only the controller of xdist's workers reports. A run without any benchmark item leaves the last report alone.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from veracity_bench.reports.collector import Collector


class Hooks:
    """The hooks that this plugin declares: it calls the first two, which others implement, and implements the third."""

    @pytest.hookspec(firstresult=True)
    def pytest_veracity_manifest(self, config: pytest.Config) -> Mapping[str, Any] | None:
        """Describe the run: a title, what the header shows ("measured"), and any nested settings and versions."""

    @pytest.hookspec(firstresult=True)
    def pytest_veracity_excerpts(
        self, config: pytest.Config, places: Sequence[tuple[str, str, str]]
    ) -> Sequence[Mapping[str, Any]] | None:
        """Describe excerpts of these (attack, direction, song), each by the fields of measurements.excerpts.Excerpt."""

    @pytest.hookspec
    def pytest_veracity_record(self, config: pytest.Config, row: Mapping[str, Any]) -> None:
        """Check a number when an item records it; raise for one that the schema of the records does not admit."""


@dataclass
class Run:
    """What the plugin keeps from the start of a run to its summary."""

    collector: Collector = field(default_factory=Collector)
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    summary: str = ""


_RUN = pytest.StashKey[Run]()


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
    if not hasattr(config, "workerinput"):
        config.stash[_RUN] = Run()
        config.pluginmanager.register(config.stash[_RUN].collector)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Find out before a long run whether its report can be written."""
    config = session.config
    place = _directory(config).resolve()
    existing = next(path for path in (place, *place.parents) if path.exists())
    if not (existing.is_dir() and os.access(existing, os.W_OK)):
        raise pytest.UsageError(f"--report-dir {place}: {existing} is no folder that can be written to")


def pytest_veracity_record(row: Mapping[str, Any]) -> None:
    """Refuse a metric that no section of the board declares, and values out of its range, with RecordsError."""
    from veracity_bench.reports.measurements.metrics import check_row  # noqa: PLC0415 - see below

    check_row(row)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Write the report."""
    run = session.config.stash.get(_RUN, None)
    if run is None or not (run.collector.items or run.collector.rows):
        return
    stopped = exitstatus == pytest.ExitCode.INTERRUPTED or bool(session.shouldstop or session.shouldfail)
    run.summary = _write(session.config, run, _manifest(session.config, run, stopped))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show the overall table, and where the rest is."""
    run = config.stash.get(_RUN, None)
    if run is not None and run.summary:
        terminalreporter.write_sep("=", "veracity bench")
        terminalreporter.write_line(run.summary)


def _manifest(config: pytest.Config, run: Run, stopped: bool) -> dict[str, Any]:
    manifest = dict(config.hook.pytest_veracity_manifest(config=config) or {})
    if stopped:
        manifest["measured"] = {**manifest.get("measured", {}), "incomplete": "the run was stopped early"}
    finished = datetime.now(UTC)
    times = {
        "started": run.started.isoformat(timespec="seconds"),
        "finished": finished.isoformat(timespec="seconds"),
        "seconds": round((finished - run.started).total_seconds(), 1),
    }
    return {**manifest, "timing": {**manifest.get("timing", {}), **times}}


def _directory(config: pytest.Config) -> Path:
    path: Path = config.invocation_params.dir / config.getoption("report_dir")
    return path


def _write(config: pytest.Config, run: Run, manifest: Mapping[str, Any]) -> str:
    # pandas, scipy and matplotlib take seconds to import, which runs without a benchmark need not spend.
    from veracity_bench.reports import leaderboard, page  # noqa: PLC0415
    from veracity_bench.reports.layout import markdown  # noqa: PLC0415
    from veracity_bench.reports.layout.material import Material  # noqa: PLC0415
    from veracity_bench.reports.measurements import records  # noqa: PLC0415
    from veracity_bench.reports.measurements.excerpts import Excerpt, read_excerpts, write_excerpts  # noqa: PLC0415
    from veracity_bench.reports.scores import measures as scores  # noqa: PLC0415
    from veracity_bench.reports.sections import failures, overall  # noqa: PLC0415

    directory = _directory(config)
    measured = records.table(run.collector.rows)
    records.write_run(directory, measured, manifest)
    places = scores.places(measured)
    described = config.hook.pytest_veracity_excerpts(config=config, places=places) or []
    write_excerpts(directory, [Excerpt(**fields) for fields in described])
    board, browsable = directory / "leaderboard.md", directory / "leaderboard.html"
    excerpts = read_excerpts(directory)
    drawn = leaderboard.write(board, measured, manifest, excerpts)
    page.write(browsable, measured, manifest, excerpts, drawn=drawn)
    failed = failures.listed(measured)
    parts = [
        overall.overall(Material(measured)),
        *([failed] if failed != markdown.NOTHING else []),
        f"The whole board: {board}",
        f"The page to browse, with its sounds: {browsable}",
    ]
    return "\n\n".join(parts)
