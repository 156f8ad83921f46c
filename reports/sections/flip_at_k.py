"""flip@k by attack and direction: the paper's figure 2, as curves and as tables, beside its numbers."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.layout.markdown import NOTHING, label, percent, table, titled
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.paper_rows import with_paper
from veracity_bench.reports.layout.section import NamedFigure, Section
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.conditions import Condition, conditions, of_singing
from veracity_bench.reports.measurements.metrics import EVERY_SIZE, SHARES, Metric
from veracity_bench.reports.measurements.rows import DELTA_NORM, LIME
from veracity_bench.reports.scores import board_rows, measures
from veracity_bench.reports.statistics.estimates import Estimate

ALT = """\
Four charts, one per attack and direction: the share of excerpts that flip with the perturbation in the top k segments \
only, over k. A line per explainer beside oracle, delta-norm and random, and beside LIME and norm as in the paper."""

PAPER_CURVES: Mapping[str, Mapping[Condition, tuple[int, ...]]] = {
    LIME: paper.FLIP_AT_K_LIME,
    DELTA_NORM: paper.FLIP_AT_K_NORM,
}
PAPER_LABELS = {LIME: "LIME, paper", DELTA_NORM: "norm, paper"}

SIZE = (9.6, 7.4)  # inches
APART = 5  # a marker at each fifth k, of each line at another, for many lines coincide


def tables(material: Material) -> str:
    """Show the flip@k curves, one table per attack and direction that has any, in percent."""
    flips = board_rows.with_scores(material.records, measures.MEAN_FLIP)
    n = board_rows.n_segments(material.records)
    return titled({condition.words: _table(flips, condition, n) for condition in conditions(material.records)})


def _table(flips: Mapping[str, pd.DataFrame], condition: Condition, n: int) -> str:
    rows = []
    for name, group in flips.items():
        shares = condition.select(group).groupby("k")["value"].mean()
        rows.append([label(name), *(_share(shares.get(k)) for k in range(1, n + 1))])
    if all(cell == NOTHING for _, *cells in rows for cell in cells):
        return NOTHING
    for name, known in PAPER_CURVES.items():
        if condition in known:
            rows = with_paper(rows, list(map(str, known[condition])), n, name)
    return table(["k", *map(str, range(1, n + 1))], rows)


def _share(share: float | None) -> str:
    return percent(None if share is None else Estimate(share, None))


def draw(material: Material) -> Figure | None:
    """Draw the share of flips over k = 1..n; None where nothing was inserted."""
    flips = measures.MEAN_FLIP.select(material.records)
    if flips.empty:
        return None
    figure = Figure(SIZE)
    known = conditions(material.records)
    panels = style.panels(figure, len(known))
    looks = style.few(material) | style.REFERENCES
    for axes, condition in zip(panels.flat, known, strict=False):
        axes.set_title(condition.words, loc="left")
        _curves(axes, condition.select(flips), looks)
        if board_rows.n_segments(material.records) == paper.SEGMENTS and of_singing(material.records):
            _papers(axes, condition, looks)
    _label(panels)
    style.legend(figure, panels.flat)
    return figure


def _curves(axes: Axes, flips: pd.DataFrame, looks: style.Looks) -> None:
    for i, (name, look) in enumerate(looks.items()):
        shares = flips[flips["explainer"] == name].groupby("k")["value"].mean()
        if not shares.empty:
            axes.plot(shares.index, shares, label=name, markevery=(i % APART, APART), **look)


def _papers(axes: Axes, condition: Condition, looks: style.Looks) -> None:
    look: dict[str, Any] = {"linestyle": (0, (1, 2)), "linewidth": 1.2}
    for name, curves in PAPER_CURVES.items():
        colour = looks[name]["color"] if name in looks else style.INK
        shares = [percentage / 100 for percentage in curves[condition]]
        axes.plot(range(1, len(shares) + 1), shares, label=PAPER_LABELS[name], color=colour, **look)


def _label(panels: Any) -> None:
    for axes in panels[-1]:
        axes.set_xlabel("segments with perturbation, k")
        axes.xaxis.set_major_locator(MaxNLocator("auto", integer=True, steps=[1, 2, 5]))
    for axes in panels[:, 0]:
        axes.set_ylabel("excerpts that flip")
        axes.set_ylim(0, 1.03)
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))


SECTION = Section(
    "flip@k",
    "The paper's figure 2. In percent of the excerpts.",
    tables,
    NamedFigure("curves", ALT, draw),
    metrics=(
        Metric(
            "flip",
            EVERY_SIZE,
            SHARES,
            "0 or 1",
            "inserting the perturbation in the k top segments flips the prediction; oracle: in some k segments; "
            "best-found: in some k segments that were tried; random, 0..1: the probability that k segments drawn at "
            "random do, estimated by sets drawn where not all are tried",
        ),
        Metric(
            "flip_at_most",
            EVERY_SIZE,
            SHARES,
            "0 or 1",
            "of best-found: the most that an oracle could reach; 0 where all sets of k segments were tried, and none "
            "flips",
        ),
    ),
)
