"""Normalised flips: every explainer between chance and the oracle, over k in a table and over all k in a figure."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.layout.markdown import label, percent, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import NamedFigure, Section
from veracity_bench.reports.measurements.rows import DELTA_NORM, ORACLE, RANDOM, REFERENCES
from veracity_bench.reports.scores import board_rows, normalised
from veracity_bench.reports.statistics.estimates import Estimate

INTRODUCTION = """\
In percent over all attacks and directions: 0 = segments drawn at random, 100 = the best k segments there are, below \
0 = worse than chance. At large k chance leaves the oracle little to gain, and intervals are wide. Where the oracle is \
only bounded, a score is, too: "41 to 58" is by the most and by the least that the oracle may reach."""

ALT = """\
Normalised flip of every explainer, best first, with 95 % intervals; lines mark random (0 %), delta-norm and the \
oracle (100 %)."""

KS = (1, 2, 3, 5, 7, 10, 15)
WIDTH, ROW, MARGIN = 8.0, 0.25, 1.1  # inches
LINES = {RANDOM: 3, DELTA_NORM: 15, ORACLE: 3}  # points that the name stands above the chart, so that none meet


def by_k(material: Material) -> str:
    """Show the normalised flip@k over all conditions; with all segments present there is nothing to gain."""
    known, rows = normalised.gains(material.records), []
    ks = [k for k in KS if k < board_rows.n_segments(material.records)]
    for name in board_rows.explainers(material.records):
        own = known[known["explainer"] == name]
        if not own.empty:
            rows.append([label(name), *(percent(normalised.estimate(own[own["k"] == k])) for k in ks)])
    return table(["k", *map(str, ks)], rows)


def draw(material: Material) -> Figure | None:
    """Draw the normalised flips; None where there is no oracle to measure by."""
    estimates = _estimates(material.records)
    rows = {name: estimate for name, estimate in estimates.items() if name not in LINES and material.shows(name)}
    if not rows:
        return None
    figure = Figure((WIDTH, MARGIN + ROW * len(rows)))
    axes = figure.subplots()
    looks = style.few(material)
    for place, (name, estimate) in enumerate(rows.items()):
        _row(axes, place, estimate, looks.get(name, {"color": style.FAINT, "marker": "o"}), name in REFERENCES)
    _label(axes, list(rows))
    _lines(axes, estimates)
    return figure


def _estimates(records: pd.DataFrame) -> Mapping[str, Estimate]:
    gains = normalised.gains(records)
    known = {name: normalised.estimate(gains[gains["explainer"] == name]) for name in board_rows.explainers(records)}
    return {name: estimate for name, estimate in known.items() if estimate is not None}


def _row(axes: Axes, place: int, estimate: Estimate, look: style.Look, hollow: bool) -> None:
    colour = look["color"]
    if estimate.interval:
        axes.hlines(place, *estimate.interval, color=colour, linewidth=1.6)
    if estimate.between:
        axes.hlines(place, *estimate.between, color=colour, linewidth=5, alpha=0.5)
    axes.plot(estimate.value, place, marker=look["marker"], color=colour, mfc=style.BACKGROUND if hollow else colour)


def _label(axes: Axes, names: list[str]) -> None:
    axes.set_yticks(range(len(names)), names)
    for tick in axes.get_yticklabels():
        tick.set_fontstyle("italic" if tick.get_text() in REFERENCES else "normal")
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.grid(visible=False, axis="x")
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("normalised flip")
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))


def _lines(axes: Axes, estimates: Mapping[str, Estimate]) -> None:
    for name, height in LINES.items():
        if name in estimates:
            value = estimates[name].value
            axes.axvline(value, zorder=1, **style.REFERENCES[name])
            axes.annotate(name, (value, 1), (0, height), xycoords=("data", "axes fraction"), textcoords="offset points",
                          ha="center", fontstyle="italic")  # fmt: skip


SECTION = Section("Normalised flip@k", INTRODUCTION, by_k, NamedFigure("ranks", ALT, draw))
