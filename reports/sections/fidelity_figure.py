"""The figure of fidelity: of explanations that are right beside those that are wrong (the paper's figure 4)."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.sections.material import Material
from veracity_bench.reports.sections.tables import SETTINGS, setting_title

SHOWS = """\
Four charts, one per attack and direction: the fidelity of explanations that found the one planted segment, above that \
of those that did not, for a few explainers: points, boxes (quartiles and range) where there are five, and numbers."""

WIDTH, ROW, MARGIN = 9.6, 0.9, 1.9  # inches; a row is an explainer in both panels of a column
LOOKS = {"right": (style.COLOURS[0], -0.2), "wrong": (style.COLOURS[1], 0.2)}  # colour, place in the row
HEIGHT = 0.28  # of a box, in rows
BOXED = 5  # values that make a box


def draw(material: Material) -> Figure | None:
    """Draw the fidelities for the explainers chosen; None where no planted segment was looked for."""
    known = {name: material.records[material.records["explainer"] == name] for name in material.chosen}
    known = {name: own for name, own in known.items() if any(map(len, scores.fidelity_by_success(own)))}
    if not known:
        return None
    figure = Figure((WIDTH, MARGIN + ROW * len(known)))
    panels = figure.subplots(2, 2, sharex=True, sharey=True)
    for axes, setting in zip(panels.flat, SETTINGS, strict=True):
        axes.set_title(setting_title(*setting), loc="left")
        axes.set_title("n", loc="right", fontsize="small")
        for row, own in enumerate(known.values()):
            both = scores.fidelity_by_success(scores.setting(own, *setting))
            for values, (colour, place) in zip(both, LOOKS.values(), strict=True):
                _values(axes, row + place, values, colour)
    _label(panels[0, 0], list(known))
    for axes in panels[-1]:
        axes.set_xlabel("fidelity")
    patches = [Patch(facecolor=to_rgba(c, 0.25), edgecolor=c, label=name) for name, (c, _) in LOOKS.items()]
    figure.legend(handles=patches, title="explanations of one planted segment", loc="outside lower center", ncols=2)
    return figure


def _values(axes: Axes, place: float, values: "pd.Series[float]", colour: str) -> None:
    axes.grid(visible=False, axis="y")
    axes.text(1.1, place, str(values.size), color=colour, ha="right", va="center", fontsize="small")
    boxed = values.size >= BOXED
    if boxed:
        low, first, median, third, high = values.quantile([0, 0.25, 0.5, 0.75, 1])
        axes.hlines([place, place], [low, third], [first, high], color=colour, linewidth=1.2)
        axes.barh(place, third - first, HEIGHT, first, facecolor=to_rgba(colour, 0.25), edgecolor=colour, linewidth=1.2)
        axes.vlines(median, place - HEIGHT / 2, place + HEIGHT / 2, color=colour, linewidth=2.4)
    colour = style.INK if boxed else colour
    axes.plot(values, np.full(values.size, place), "o", color=colour, markersize=2.8, alpha=0.6)


def _label(axes: Axes, names: list[str]) -> None:
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.45, -0.55)
    axes.set_xlim(-0.03, 1.1)
    axes.set_xticks(np.arange(0, 1.1, 0.2))
