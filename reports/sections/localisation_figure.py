"""The figure of localisation: how many of k planted segments are found, beside chance and the paper (its figure 3)."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from scipy.stats import hypergeom

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.measures import PLANTED
from veracity_bench.reports.sections.material import Material
from veracity_bench.reports.sections.tables import SETTINGS, setting_title

SHOWS = """\
Twelve charts, for k = 1, 3 and 5 and each attack and direction: in what share of the excerpts k, k - 1 .. 0 of the k \
planted segments are found, a bar per explainer, with bars for chance and for LIME in the paper."""

WIDTH, ROW, MARGIN = 9.6, 0.75, 2.0  # inches; a row is a bar in all three panels of a column
GAP = 0.35  # rows above what explainers are compared with
END = 1.2  # of the axis of shares, where the number of excerpts stands
COLOURS, GREYS = colormaps["Blues"], colormaps["Greys"]  # none found = light, all = dark; grey = chance
LIGHT, DARK = 0.12, 0.95  # the part of them that shows on the background
NARROW = 0.09  # a share that leaves no room for a number
NUMBER: dict[str, Any] = {"va": "center_baseline", "fontsize": "small"}

Numbers = npt.NDArray[Any]


def draw(material: Material) -> Figure | None:
    """Draw the shares for the explainers chosen; None where nothing was planted."""
    found = material.records[material.records["metric"] == "found"]
    names = [name for name in material.chosen if (found["explainer"] == name).any()]
    if not names:
        return None
    n = scores.n_segments(material.records)
    labels = [*names, "chance", *(["LIME, paper"] if n == paper.SEGMENTS else [])]
    figure = Figure((WIDTH, MARGIN + ROW * len(labels)))
    panels = figure.subplots(len(PLANTED), len(SETTINGS), sharex=True, sharey=True)
    places = [row if row < len(names) else row + GAP for row in range(len(labels))]
    for row, k in zip(panels, PLANTED, strict=True):
        for axes, setting in zip(row, SETTINGS, strict=True):
            here = scores.setting(found[found["k"] == k], *setting)
            asked = [counts(here[here["explainer"] == name], k) for name in names]
            _bars(axes, places, np.array([*asked, by_chance(k, n), paper.FOUND[setting][k]][: len(labels)]), len(names))
    _label(panels, dict(zip(labels, places, strict=True)))
    figure.supxlabel("share of excerpts, by how many of the k planted segments are found (numbers)", fontsize="medium")
    return figure


def counts(found: pd.DataFrame, k: int) -> Numbers:
    """Count the excerpts with k, k - 1 .. 0 segments found, (k + 1,)."""
    return np.bincount(found["value"].astype(int), minlength=k + 1)[::-1]


def by_chance(k: int, n: int) -> Numbers:
    """Return the probabilities that k of n segments, drawn at random, hold k, k - 1 .. 0 of the k planted ones."""
    return np.asarray(hypergeom.pmf(range(k, -1, -1), n, k, k))


def _bars(axes: Axes, places: Sequence[float], numbers: Numbers, grey: int) -> None:
    """Stack the shares of k, k - 1 .. 0 found, (rows, k + 1), with that number where there is room; one row in grey."""
    totals = numbers.sum(axis=1, keepdims=True)
    shares = np.divide(numbers, totals, out=np.zeros(numbers.shape), where=totals > 0)
    lefts = np.cumsum(shares, axis=1) - shares
    k = shares.shape[1] - 1
    for found, share, left in zip(range(k, -1, -1), shares.T, lefts.T, strict=True):
        depth = LIGHT + (DARK - LIGHT) * found / k
        colours = [COLOURS(depth)] * len(places)
        colours[grey] = GREYS(depth)
        axes.barh(places, share, 0.78, left, color=colours, edgecolor=style.BACKGROUND, linewidth=0.8)
        ink = style.BACKGROUND if depth > 0.5 else style.INK
        for place, width, start in zip(places, share, left, strict=True):
            if width > NARROW:
                axes.text(start + width / 2, place, str(found), color=ink, ha="center", **NUMBER)
    for place, total in zip(places, totals[:, 0], strict=True):
        if place != places[grey]:
            axes.text(END, place, f"{total:.0f}", ha="right", **NUMBER)


def _label(panels: Any, places: Mapping[str, float]) -> None:
    for axes, setting in zip(panels[0], SETTINGS, strict=True):
        axes.set_title(setting_title(*setting).replace(", ", ",\n"), loc="left")
        axes.set_title("n", loc="right", fontsize="small")
    for axes, k in zip(panels[:, 0], PLANTED, strict=True):
        axes.set_ylabel(f"k = {k}", fontsize="large")
    for axes in panels.flat:
        axes.grid(visible=False)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
    axes = panels[0, 0]
    axes.set_yticks(list(places.values()), list(places))
    axes.set_ylim(max(places.values()) + 0.5, -0.5)
    axes.set_xlim(0, END)
    axes.set_xticks([0, 0.5, 1])
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
