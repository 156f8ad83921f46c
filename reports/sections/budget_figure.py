"""The figure of accuracy against budget: a line per sampling explainer, and how far the references get."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.measurements.rows import DELTA_NORM
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores import normalised
from veracity_bench.reports.sections import budget
from veracity_bench.reports.sections.budget import Curves, Point
from veracity_bench.reports.sections.material import Material

SHOWS = """\
Two charts over the queries really spent, a line per sampling explainer: normalised flip@3, with levels for \
delta-norm, shapley-masking and exact-lime, and the correlation with the exact Shapley values. Tables below."""

SIZE = (9.6, 5.2)  # inches
LEVELS = {DELTA_NORM: ":", "shapley-masking": "-", "exact-lime": "--"}
APART = 0.16  # octaves; else the intervals at one budget would hide each other
CORRELATIONS = (-0.5, 0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 1)


def draw(material: Material) -> Figure | None:
    """Draw flips and correlations over the queries really spent; None where no budget was tried."""
    curves = budget.curves(material.records)
    if not curves:
        return None
    figure = Figure(SIZE)
    flips, correlations = figure.subplots(1, 2)
    _panel(flips, curves, "flip", "Normalised flip@3: 0 % random, 100 % oracle")
    flips.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    _levels(flips, material.records)
    _panel(correlations, curves, "correlation", "Correlation with the exact Shapley values")
    _stretch(correlations)
    figure.legend(*flips.get_legend_handles_labels(), loc="outside lower center", ncols=5)
    return figure


def _panel(axes: Axes, curves: Curves, score: str, title: str) -> None:
    for (name, look), shift in zip(style.lines(curves).items(), np.linspace(-APART, APART, len(curves)), strict=True):
        _line(axes, curves[name].values(), score, 2.0**shift, {"label": name, **look})
    budgets = sorted({budget for points in curves.values() for budget in points})
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
    gains = normalised.gains(records, scores.FLIP_AT_3)
    for name, dashes in LEVELS.items():
        level = normalised.estimate(gains[gains["explainer"] == name])
        if level is not None:
            axes.axhline(level.value, color=style.FAINT, linestyle=dashes, linewidth=1.2, zorder=1, label=name)


def _stretch(axes: Axes) -> None:
    """Stretch the axis of correlations towards 1, where most of them are."""
    axes.set_yscale("function", functions=(lambda r: -np.log10(1.003 - r), lambda y: 1.003 - 10.0**-y))
    low = axes.get_ylim()[0]
    axes.set_yticks([r for r in CORRELATIONS if r >= low], [f"{r:g}" for r in CORRELATIONS if r >= low])
    axes.set_ylim(low, 1.0005)
