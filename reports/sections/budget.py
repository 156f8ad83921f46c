"""How accurate are explainers that sample, at several budgets of queries?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.layout.markdown import NOTHING, decimal, label, number, percent, table, titled
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import NamedFigure, Section
from veracity_bench.reports.measurements.metrics import AMOUNTS, CORRELATIONS, NO_K, SHARES, Metric, fixed
from veracity_bench.reports.measurements.rows import DELTA_NORM
from veracity_bench.reports.scores import board_rows, measures, normalised
from veracity_bench.reports.scores.measures import Measure
from veracity_bench.reports.statistics.estimates import Estimate

INTRODUCTION = """\
The explainers that sample, at several budgets: the number of queries that they are allowed. **Normalised flip@3**, in \
percent: 0 = segments drawn at random, 100 = the best 3 there are. **Correlation**: Pearson's, of the weights with the \
exact Shapley values of *shapley-masking*. Not all of them estimate these: lime approaches *exact-lime*, \
partition-shap Owen's values of a tree of segments, which it knows exactly before a large budget is spent. Explainers \
that sample orders of the {n} segments cannot spend less than {walk} queries (permutation-shap) or {pairs} \
(sampling-shap), even where less is allowed."""

ALT = """\
Two charts over the queries really spent, a line per sampling explainer: normalised flip@3, with levels for \
delta-norm, shapley-masking and exact-lime, and the correlation with the exact Shapley values."""

SIZE = (9.6, 5.2)  # inches
LEVELS = {DELTA_NORM: ":", "shapley-masking": "-", "exact-lime": "--"}
APART = 0.16  # octaves; else the intervals at one budget would hide each other
TICKS = (-0.5, 0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 1)

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
    budgets, gains = records[records["metric"].str.startswith("budget_")], normalised.gains(records, FLIP)
    found = {}
    for name in board_rows.with_scores(records, QUERIES):
        numbers, gained = (rows[rows["explainer"] == name] for rows in (budgets, gains))
        found[name] = {
            budget: _point(*(rows[rows["samples"] == budget] for rows in (numbers, gained)))
            for budget in sorted(set(numbers["samples"]))
        }
    return found


def _point(numbers: pd.DataFrame, gains: pd.DataFrame) -> Point:
    return Point(QUERIES.median(numbers), normalised.estimate(gains), CORRELATION.estimate(numbers))


def tables(material: Material) -> str:
    """Show the accuracy at each budget, and the queries where some explainer spends others than it is allowed."""
    found = curves(material.records)
    if not found:
        return NOTHING
    parts = {
        FLIP.title: _table(found, lambda point: percent(point.flip)),
        CORRELATION.title: _table(found, lambda point: decimal(point.correlation)),
    }
    if any(point.queries != budget for row in found.values() for budget, point in row.items()):
        parts[QUERIES.title] = _table(found, lambda point: number(point.queries, ".0f"))
    return titled(parts)


def _table(found: Curves, cell: Callable[[Point], str]) -> str:
    budgets = sorted({budget for row in found.values() for budget in row})
    rows = [[label(name), *(cell(row[b]) if b in row else NOTHING for b in budgets)] for name, row in found.items()]
    return table(["budget", *map(str, budgets)], rows)


def draw(material: Material) -> Figure | None:
    """Draw flips and correlations over the queries really spent; None where no budget was tried."""
    found = {name: points for name, points in curves(material.records).items() if material.shows(name)}
    if not found:
        return None
    looks = style.looks(material)
    figure = Figure(SIZE)
    flips, correlations = figure.subplots(1, 2)
    _panel(flips, found, looks, "flip", "Normalised flip@3: 0 % random, 100 % oracle")
    flips.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    _levels(flips, material.records)
    _panel(correlations, found, looks, "correlation", "Correlation with the exact Shapley values")
    _stretch(correlations)
    figure.legend(*flips.get_legend_handles_labels(), loc="outside lower center", ncols=5)
    return figure


def _panel(axes: Axes, found: Curves, looks: style.Looks, score: str, title: str) -> None:
    for name, shift in zip(sorted(found), np.linspace(-APART, APART, len(found)), strict=True):
        _line(axes, found[name].values(), score, 2.0**shift, {"label": name, **looks[name]})
    budgets = sorted({budget for points in found.values() for budget in points})
    axes.set_title(title, loc="left")
    axes.set_xscale("log", base=2)
    axes.set_xticks(budgets, list(map(str, budgets)))
    axes.set_xlabel("queries really spent (median; drawn a little apart)")


def _line(axes: Axes, points: Iterable[Point], score: str, factor: float, look: Mapping[str, Any]) -> None:
    known = {p.queries * factor: getattr(p, score) for p in points if p.queries and getattr(p, score)}
    axes.plot(list(known), [estimate.value for estimate in known.values()], **look)
    for queries, estimate in known.items():
        if estimate.interval:
            axes.vlines(queries, *estimate.interval, color=look["color"], alpha=0.4, linewidth=1.4)


def _levels(axes: Axes, records: pd.DataFrame) -> None:
    gains = normalised.gains(records, measures.FLIP_AT_3)
    for name, dashes in LEVELS.items():
        level = normalised.estimate(gains[gains["explainer"] == name])
        if level is not None:
            axes.axhline(level.value, color=style.FAINT, linestyle=dashes, linewidth=1.2, zorder=1, label=name)


def _stretch(axes: Axes) -> None:
    """Stretch the axis of correlations towards 1, where most of them are."""
    axes.set_yscale("function", functions=(lambda r: -np.log10(1.003 - r), lambda y: 1.003 - 10.0**-y))
    low = axes.get_ylim()[0]
    axes.set_yticks([r for r in TICKS if r >= low], [f"{r:g}" for r in TICKS if r >= low])
    axes.set_ylim(low, 1.0005)


SECTION = Section(
    "Accuracy by budget of queries",
    INTRODUCTION,
    tables,
    NamedFigure("budget", ALT, draw),
    metrics=(
        Metric("budget_flip", fixed(3), SHARES, "0 or 1", 'as "flip", of an explanation of at most `samples` queries'),
        Metric(
            "budget_correlation",
            NO_K,
            CORRELATIONS,
            "Pearson's correlation",
            "of its weights with the exact Shapley values of masking",
        ),
        Metric("budget_queries", NO_K, AMOUNTS, "queries", "that it took"),
    ),
)
