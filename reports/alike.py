"""Failures alike are shown once: an explainer that fails in one way fails in all items that it has."""

import re
from collections.abc import Generator, Sequence
from copy import copy

import pytest

from veracity_bench.reports.collector import Collector, sentence

FAILED = "failed"  # pytest's category
Kind = tuple[str, str]


class AlikeOnce:
    """The plugin that shows, of an explainer's failures for one reason, the first; with -v pytest shows all."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> Generator[None, None, None]:
        """Hold the others back while pytest lists failures; its last line counts all of them."""
        reports = terminalreporter.stats.get(FAILED, [])
        if not reports or terminalreporter.verbosity > 0:
            yield
            return
        terminalreporter.stats[FAILED] = self._once(reports)
        try:
            yield
        finally:
            terminalreporter.stats[FAILED] = reports

    def _once(self, reports: Sequence[pytest.TestReport]) -> list[pytest.TestReport]:
        kinds: dict[Kind, list[pytest.TestReport]] = {}
        for report in reports:
            kinds.setdefault(self._kind(report), []).append(report)
        return [_with_note(first, explainer, len(others)) for (explainer, _), (first, *others) in kinds.items()]

    def _kind(self, report: pytest.TestReport) -> Kind:
        """Return the explainer and the reason, numbers in it left out; what has no explainer is of its own kind."""
        explainer = self._collector.items.get(report.nodeid, {}).get("explainer", "")
        return explainer, re.sub(r"\d+", "", sentence(report)) if explainer else report.nodeid


def _with_note(report: pytest.TestReport, explainer: str, others: int) -> pytest.TestReport:
    """Return a report that also shows how many are like it."""
    if not others:
        return report
    noted = copy(report)
    noted.sections = [*report.sections, (f"{explainer}: {others} more like this, which -v shows", "")]
    return noted
