"""What is an explanation worth that may ask only so much? The sampling explainers at several budgets of queries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, decimal, label, number, percent, table
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores import normalised
from veracity_bench.reports.scores.measures import Measure
from veracity_bench.reports.statistics.estimates import Estimate

FLIP = Measure("Normalised flip@3", "budget_flip", 3)
CORRELATION = Measure("Correlation with the exact Shapley values", "budget_correlation")
QUERIES = Measure("Queries really spent", "budget_queries")


@dataclass(frozen=True)
class Point:
    """How accurate an explainer is at a budget, and the queries that it really spends (median)."""

    queries: float | None
    flip: Estimate | None
    correlation: Estimate | None


Curves = Mapping[str, Mapping[int, Point]]


def curves(records: pd.DataFrame) -> Curves:
    """Measure every sampling explainer, in the order of the board, at each of its budgets."""
    asked, gains = records[records["metric"].str.startswith("budget_")], normalised.gains(records, FLIP)
    found = {}
    for name in scores.with_scores(records, QUERIES):
        numbers, gained = (rows[rows["explainer"] == name] for rows in (asked, gains))
        found[name] = {
            budget: _point(*(rows[rows["samples"] == budget] for rows in (numbers, gained)))
            for budget in sorted(set(numbers["samples"]))
        }
    return found


def _point(numbers: pd.DataFrame, gains: pd.DataFrame) -> Point:
    return Point(QUERIES.median(numbers), normalised.estimate(gains), CORRELATION.estimate(numbers))


def tables(records: pd.DataFrame) -> str:
    """Show the accuracy at each budget, and the queries where some explainer spends others than it is allowed."""
    found = curves(records)
    if not found:
        return NOTHING
    parts = {
        FLIP.title: _table(found, lambda point: percent(point.flip)),
        CORRELATION.title: _table(found, lambda point: decimal(point.correlation)),
    }
    if any(point.queries != budget for row in found.values() for budget, point in row.items()):
        parts[QUERIES.title] = _table(found, lambda point: number(point.queries, ".0f"))
    return "\n\n".join(f"### {title}\n\n{body}" for title, body in parts.items())


def _table(found: Curves, cell: Callable[[Point], str]) -> str:
    budgets = sorted({budget for row in found.values() for budget in row})
    rows = [[label(name), *(cell(row[b]) if b in row else NOTHING for b in budgets)] for name, row in found.items()]
    return table(["budget", *map(str, budgets)], rows)
