from types import SimpleNamespace

import pytest

from veracity_bench.reports.alike import AlikeOnce
from veracity_bench.reports.collector import Collector


def failure(explainer, reason, song="a"):
    return pytest.TestReport(
        nodeid=f"benchmarks/test_x.py::test_x[{song}-{explainer}]",
        location=("", 0, ""),
        keywords={},
        outcome="failed",
        longrepr=reason,
        when="call",
        user_properties=[("item", {"explainer": explainer})] if explainer else [],
    )


REPORTS = [
    failure("lime", "lime returned 3 weights"),
    failure("lime", "lime returned 20 weights", "b"),
    failure("lime", "lime raised KeyError", "c"),
    failure("rise", "lime returned 3 weights"),
    failure("", "boom"),
    failure("", "boom", "b"),
]


@pytest.fixture
def shown():
    """Return verbosity -> the reports that pytest lists; afterwards it has all of them."""

    def shown(verbosity):
        collector = Collector()
        for report in REPORTS:
            collector.pytest_runtest_logreport(report)
        reporter = SimpleNamespace(verbosity=verbosity, stats={"failed": REPORTS})
        summary = AlikeOnce(collector).pytest_terminal_summary(reporter)
        next(summary)
        listed = reporter.stats["failed"]
        with pytest.raises(StopIteration):
            next(summary)
        assert reporter.stats["failed"] is REPORTS
        return listed

    return shown


def test_an_explainer_that_fails_for_one_reason_is_listed_once(shown):
    first, *others = shown(0)
    assert first.longrepr == REPORTS[0].longrepr
    assert [title for title, _ in first.sections] == ["lime: 1 more like this, which -v shows"]
    assert others == REPORTS[2:]
    assert not REPORTS[0].sections


def test_all_are_listed_where_more_is_wanted(shown):
    assert shown(1) is REPORTS
