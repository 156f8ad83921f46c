"""The end of a run, whichever way it comes: the report is written before anything else can fail, and shown.

A run that did not run to its end never replaces a report: its own goes beside it.
"""

from collections.abc import Generator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from veracity_bench.reports.collector import Collector
from veracity_bench.reports.interruption import ignore_every_signal, interrupt_on_every_signal

STOPPED = "the run was stopped early"


class Ending:
    """A plugin of the process that reports: it writes what was collected to its place, once."""

    def __init__(self, config: pytest.Config, collector: Collector, place: Path) -> None:
        self.config, self.collector, self.place = config, collector, place
        self.started = datetime.now(UTC)
        self.handlers = ExitStack()
        self.written = False
        self.summary = ""

    def pytest_sessionstart(self) -> None:
        """From now on, let every signal that asks the run to end be an interrupt."""
        self.handlers.callback(interrupt_on_every_signal())

    @pytest.hookimpl(tryfirst=True)
    def pytest_keyboard_interrupt(self) -> None:
        """Let no second interrupt keep the report from being written."""
        self.handlers.callback(ignore_every_signal())

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> Generator[None, None, None]:
        """Write the report, before other plugins end the workers and whatever else may fail."""
        ended = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
        fine = self._write(stopped=not ended or bool(session.shouldstop or session.shouldfail))
        if not fine and exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        yield

    def pytest_unconfigure(self) -> None:
        """Write it now if an interrupt at the wrong moment has prevented it, and give the signals back."""
        self._write(stopped=True)
        self.handlers.close()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Show the overall table, and where the rest is."""
        if self.summary:
            terminalreporter.write_sep("=", "veracity bench")
            terminalreporter.write_line(self.summary)

    def _write(self, stopped: bool) -> bool:
        """Write the report; return whether nothing was amiss with it."""
        parts: Mapping[str, Path] = self.config.hook.pytest_veracity_parts(config=self.config) or {}
        if self.written or (self.collector.is_empty and not parts):
            return True
        # pandas, scipy and matplotlib take seconds to import, which runs without a benchmark need not spend.
        from veracity_bench.reports.final_report import finish  # noqa: PLC0415

        self.written = True
        undo = ignore_every_signal()
        try:
            why = "; ".join(filter(None, [STOPPED if stopped else "", self.collector.unfinished]))
            self.summary, fine = finish(self.config, self.place, self.collector.records, self.started, why, parts)
        finally:
            undo()
        return fine
