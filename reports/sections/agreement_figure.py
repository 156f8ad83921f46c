"""The figure of agreement: every row of the board against every other, those that agree side by side."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.measurements.rows import REFERENCES
from veracity_bench.reports.sections import agreement
from veracity_bench.reports.sections.material import Material

SHOWS = """\
Matrix of the rank correlations of all explainers and references with each other, ordered so that those that agree \
stand side by side. Table of the most similar ones below."""

CELL = 0.29  # inches
MARGIN = 0.4  # inches that the title takes
LETTER = 0.075  # inches of a name
COLOURS = "RdBu"  # red = opposite, blue = alike


def draw(material: Material) -> Figure | None:
    """Draw the matrix of rank correlations, in hundredths; None where there are no two rows to compare."""
    matrix = agreement.matrix(material.records)
    if len(matrix) < 2:
        return None
    matrix = clustered(matrix)
    side = MARGIN + LETTER * max(len(str(name)) for name in matrix) + CELL * len(matrix)
    figure = Figure((side, side))
    axes = figure.subplots()
    axes.pcolormesh(matrix.to_numpy(), cmap=COLOURS, vmin=-1, vmax=1, edgecolors=style.BACKGROUND, linewidth=0.8)
    _write_numbers(axes, matrix.to_numpy())
    _write_names(axes, [str(name) for name in matrix])
    figure.suptitle("Spearman's rank correlation of weights, times 100", fontsize="medium")
    return figure


def clustered(matrix: pd.DataFrame) -> pd.DataFrame:
    """Order rows and columns so that neighbours agree."""
    distances = 1 - matrix.fillna(0).to_numpy()
    tree = linkage(squareform(distances, checks=False), "average", optimal_ordering=True)
    names = list(matrix.index[leaves_list(tree)])
    return matrix.reindex(index=names, columns=names)


def _write_numbers(axes: Axes, values: npt.NDArray[np.float64]) -> None:
    for (row, column), value in np.ndenumerate(values):
        if np.isfinite(value):
            ink = style.BACKGROUND if abs(value) > 0.6 else style.INK
            axes.text(column + 0.5, row + 0.5, f"{100 * value:z.0f}", color=ink, ha="center", va="center", fontsize=9)


def _write_names(axes: Axes, names: list[str]) -> None:
    middles = np.arange(len(names)) + 0.5
    axes.set_xticks(middles, names, rotation=90)
    axes.set_yticks(middles, names)
    for tick in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        tick.set_fontstyle("italic" if tick.get_text() in REFERENCES else "normal")
    axes.tick_params(length=0)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    axes.set_aspect("equal")
    axes.invert_yaxis()
