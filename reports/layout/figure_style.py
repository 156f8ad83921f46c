"""How figures look: on light and dark pages, to the colour-blind, and the same bytes for the same content."""

import io
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from veracity_bench.printable import printable
from veracity_bench.reports.measurements.rows import DELTA_NORM, ORACLE, RANDOM

Look = dict[str, Any]
Looks = dict[str, Look]

BACKGROUND = "#fcfcfa"
INK = "#222222"
PALE = "#d8d8d4"
FAINT = "#777777"
# Okabe and Ito's colours without the yellow, which is too pale for lines; markers and dashes tell them apart as well.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*", "h")
DASHES = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)), (0, (6, 1.5, 1.5, 1.5)))
# References are no competitors: black and grey, without markers.
REFERENCES: Looks = {
    ORACLE: {"color": INK, "linestyle": (0, (5, 2))},
    DELTA_NORM: {"color": FAINT, "linestyle": (0, (5, 2))},
    RANDOM: {"color": FAINT, "linestyle": (0, (6, 1.5, 1, 1.5))},
}

SETTINGS: dict[Any, Any] = {
    "axes.edgecolor": INK,
    "axes.facecolor": BACKGROUND,
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 10.5,
    "figure.constrained_layout.h_pad": 0.12,
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.w_pad": 0.12,
    "figure.facecolor": BACKGROUND,
    "font.sans-serif": ["DejaVu Sans", "Verdana", "sans-serif"],  # alike in width: readers may lack the first
    "font.size": 9.5,
    "grid.color": PALE,
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "lines.linewidth": 1.4,
    "lines.markersize": 5,
    "savefig.dpi": 150,
    "savefig.facecolor": BACKGROUND,
    "svg.fonttype": "none",  # text stays text, which can be searched and read aloud
    "svg.hashsalt": "veracity bench",
    "text.color": INK,
    "text.parse_math": False,  # a $ in a name is no formula
}


@contextmanager
def styled() -> Iterator[None]:
    """Draw and write figures in this style, and leave matplotlib as it was."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(SETTINGS)
        yield


def lines(names: Iterable[str]) -> Looks:
    """Give each name a line of its own, whatever order they come in."""
    return {
        name: {
            "color": COLOURS[i % len(COLOURS)],
            "marker": MARKERS[i % len(MARKERS)],
            "linestyle": DASHES[i % len(DASHES)],
        }
        for i, name in enumerate(sorted(names))
    }


def few(names: Iterable[str]) -> Looks:
    """Give each of a few names an unbroken line, which leaves the dashes to what they are compared with."""
    return {name: {**look, "linestyle": "-"} for name, look in lines(names).items()}


def legend(figure: Figure, panels: Iterable[Axes]) -> None:
    """Explain the lines of all panels once, below them, five to a row."""
    known = {label: handle for axes in panels for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)}
    figure.legend(list(known.values()), list(known), loc="outside lower center", ncols=5)


def encode(figure: Figure, kind: str) -> bytes:
    """Write a figure as "svg" or "png"; it is laid out the first time, and stays as it is after."""
    sink = io.BytesIO()
    undated = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
    with warnings.catch_warnings():
        # A layout that does not come out well, for names of a user's own, is no reason to lose the board.
        warnings.simplefilter("ignore")
        figure.savefig(sink, format=kind, metadata=undated)
    figure.set_layout_engine("none")
    # Its text is that of the figure, and XML admits no control characters.
    return printable(sink.getvalue().decode()).encode() if kind == "svg" else sink.getvalue()
