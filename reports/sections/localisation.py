"""Are planted segments found? The paper's section 5.3 and figure 3: how many of k, beside chance and the paper."""

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
from veracity_bench.reports.layout.found_rows import found_rows
from veracity_bench.reports.layout.markdown import table, titled
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.paper_rows import share, with_paper
from veracity_bench.reports.layout.section import NamedFigure, Section
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.conditions import Condition, conditions, of_singing
from veracity_bench.reports.measurements.metrics import PLANTED, PLANTED_SEGMENTS, UP_TO_K, Metric
from veracity_bench.reports.scores import board_rows
from veracity_bench.reports.scores.measures import Measure

INTRODUCTION = """\
The paper's figure 3: the k segments of largest perturbation alone are perturbed, in excerpts whose prediction still \
flips; twelve subsets. In percent of the planted segments, but for the first row. The paper gives counts: here the \
shares that they make."""

ALT = """\
Charts for k = 1, 3 and 5, as far as any excerpt flips, and each attack and direction: in what share of the excerpts \
k, k - 1 .. 0 of the k planted segments are found, a bar per explainer, with bars for chance and for LIME in the \
paper."""

WIDTH, ROW, MARGIN = 9.6, 0.75, 2.0  # inches; a row is a bar in all three panels of a column
GAP = 0.35  # rows above what explainers are compared with
END = 1.2  # of the axis of shares, where the number of excerpts stands
COLOURS, GREYS = colormaps["Blues"], colormaps["Greys"]  # none found = light, all = dark; grey = chance
LIGHT, DARK = 0.12, 0.95  # the part of them that shows on the background
NARROW = 0.09  # a share that leaves no room for a number
NUMBER: dict[str, Any] = {"va": "center_baseline", "fontsize": "small"}

Numbers = npt.NDArray[Any]


def by_condition(material: Material) -> str:
    """Show the share found per attack and direction, one table for each number of planted segments."""
    return titled({f"{k} planted segment{'s' * (k > 1)}": _subsets(material.records, k) for k in PLANTED})


def _subsets(records: pd.DataFrame, k: int) -> str:
    found = Measure("found", "found", k).select(records)
    known = conditions(records)
    rows = found_rows(records, [condition.select(found) for condition in known])
    headers = ["explainer", *(condition.words for condition in known)]
    if of_singing(records):
        reported = [share(paper.found_share(condition, k)) for condition in known]
        rows = with_paper(rows, reported, board_rows.n_segments(records))
    return table(headers, rows)


def draw(material: Material) -> Figure | None:
    """Draw the shares for the explainers chosen; None where nothing was planted."""
    found = material.records[material.records["metric"] == "found"]
    names = [name for name in material.chosen if (found["explainer"] == name).any()]
    if not names:
        return None
    of_chosen = found[found["explainer"].isin(names)]
    planted = [k for k in PLANTED if (of_chosen["k"] == k).any()]
    n = board_rows.n_segments(material.records)
    reported = n == paper.SEGMENTS and of_singing(material.records)
    labels = [*names, "chance", *(["LIME, paper"] if reported else [])]
    known = conditions(material.records)
    figure = Figure((WIDTH, MARGIN + ROW * len(labels) * len(planted) / len(PLANTED)))
    panels = figure.subplots(len(planted), len(known), sharex=True, sharey=True, squeeze=False)
    places = [row if row < len(names) else row + GAP for row in range(len(labels))]
    for row, k in zip(panels, planted, strict=True):
        for axes, condition in zip(row, known, strict=True):
            here = condition.select(found[found["k"] == k])
            measured = [counts(here[here["explainer"] == name], k) for name in names]
            numbers = [*measured, by_chance(k, n), *([paper.FOUND[condition][k]] if reported else [])]
            _bars(axes, places, np.array(numbers), len(names))
    _label(panels, planted, known, dict(zip(labels, places, strict=True)))
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
    for found, widths, left in zip(range(k, -1, -1), shares.T, lefts.T, strict=True):
        depth = LIGHT + (DARK - LIGHT) * found / k
        colours = [COLOURS(depth)] * len(places)
        colours[grey] = GREYS(depth)
        axes.barh(places, widths, 0.78, left, color=colours, edgecolor=style.BACKGROUND, linewidth=0.8)
        ink = style.ON_DARK if depth > 0.5 else style.ON_LIGHT
        for place, width, start in zip(places, widths, left, strict=True):
            if width > NARROW:
                axes.text(start + width / 2, place, str(found), color=ink, ha="center", **NUMBER)
    for place, total in zip(places, totals[:, 0], strict=True):
        if place != places[grey]:
            axes.text(END, place, f"{total:.0f}", ha="right", **NUMBER)


def _label(panels: Any, planted: Sequence[int], known: Sequence[Condition], places: Mapping[str, float]) -> None:
    for axes, condition in zip(panels[0], known, strict=True):
        axes.set_title(condition.words.replace(", ", ",\n"), loc="left")
        axes.set_title("n", loc="right", fontsize="small")
    for axes, k in zip(panels[:, 0], planted, strict=True):
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


SECTION = Section(
    "Localisation by attack and direction",
    INTRODUCTION,
    by_condition,
    NamedFigure("localisation", ALT, draw),
    metrics=(
        Metric(
            "found",
            PLANTED_SEGMENTS,
            UP_TO_K,
            "segments",
            "planted segments among the explainer's k top ones, of cases that these k segments flip; random: expected",
        ),
    ),
)
