"""The figure of flip@k: a panel per attack and direction, beside what the paper reports (its figure 2)."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.rows import DELTA_NORM, LIME
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.sections.flips import PAPER_CURVES
from veracity_bench.reports.sections.material import Material
from veracity_bench.reports.sections.tables import SETTINGS, setting_title

SHOWS = """\
Four charts, one per attack and direction: the share of excerpts that flip with the perturbation in the top k segments \
only, over k. A line per explainer beside oracle, delta-norm and random, and beside LIME and norm as in the paper."""

SIZE = (9.6, 7.4)  # inches
APART = 5  # a marker at each fifth k, of each line at another, for many lines coincide
PAPER = {LIME: "LIME, paper", DELTA_NORM: "norm, paper"}


def draw(material: Material) -> Figure | None:
    """Draw the share of flips over k = 1..n; None where nothing was inserted."""
    flips = scores.MEAN_FLIP.select(material.records)
    if flips.empty:
        return None
    figure = Figure(SIZE)
    panels = figure.subplots(2, 2, sharex=True, sharey=True)
    looks = style.few(material.chosen) | style.REFERENCES
    for axes, setting in zip(panels.flat, SETTINGS, strict=True):
        axes.set_title(setting_title(*setting), loc="left")
        _curves(axes, scores.setting(flips, *setting), looks)
        if scores.n_segments(material.records) == paper.SEGMENTS:
            _papers(axes, setting, looks)
    _label(panels)
    style.legend(figure, panels.flat)
    return figure


def _curves(axes: Axes, flips: pd.DataFrame, looks: style.Looks) -> None:
    for i, (name, look) in enumerate(looks.items()):
        shares = flips[flips["explainer"] == name].groupby("k")["value"].mean()
        if not shares.empty:
            axes.plot(shares.index, shares, label=name, markevery=(i % APART, APART), **look)


def _papers(axes: Axes, setting: paper.Setting, looks: style.Looks) -> None:
    for name, curves in PAPER_CURVES.items():
        colour = looks[name]["color"] if name in looks else style.INK
        shares = [percentage / 100 for percentage in curves[setting]]
        axes.plot(
            range(1, len(shares) + 1), shares, label=PAPER[name], color=colour, linestyle=(0, (1, 2)), linewidth=1.2
        )


def _label(panels: Any) -> None:
    for axes in panels[-1]:
        axes.set_xlabel("segments with perturbation, k")
        axes.xaxis.set_major_locator(MaxNLocator("auto", integer=True, steps=[1, 2, 5]))
    for axes in panels[:, 0]:
        axes.set_ylabel("excerpts that flip")
        axes.set_ylim(0, 1.03)
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
