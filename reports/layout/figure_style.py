"""How figures look: on light and dark pages, to the colour-blind, and the same bytes for the same content."""

import io
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from veracity_bench.printable import printable
from veracity_bench.reports.layout.material import PREFERRED, Material
from veracity_bench.reports.measurements.rows import DELTA_NORM, FOUND, ORACLE, RANDOM

Look = dict[str, Any]
Looks = dict[str, Look]

BACKGROUND = "#fcfcfa"
INK = "#222222"
ON_LIGHT, ON_DARK = "#1f1f1f", "#ffffff"  # numbers in coloured cells, which dark versions leave as they are
PALE = "#d8d8d4"
FAINT = "#777777"
# Okabe and Ito's colours without the yellow, which is too pale for lines; markers and dashes tell them apart as well.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*", "h")
DASHES = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)), (0, (6, 1.5, 1.5, 1.5)))
# References are no competitors: black and grey, without markers.
REFERENCES: Looks = {
    ORACLE: {"color": INK, "linestyle": (0, (5, 2))},
    FOUND: {"color": INK, "linestyle": (0, (2, 2))},
    DELTA_NORM: {"color": FAINT, "linestyle": (0, (5, 2))},
    RANDOM: {"color": FAINT, "linestyle": (0, (6, 1.5, 1, 1.5))},
}

SCALED = ("axes.titlesize", "font.size", "lines.linewidth", "lines.markersize")
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
    "pdf.fonttype": 42,  # whole fonts inside, which publishers demand
    "savefig.dpi": 150,
    "savefig.facecolor": BACKGROUND,
    "svg.fonttype": "none",  # text stays text, which can be searched and read aloud
    "svg.hashsalt": "veracity bench",
    "text.color": INK,
    "text.parse_math": False,  # a $ in a name is no formula
}

UNDATED: dict[str, dict[str, Any]] = {
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
}


@contextmanager
def styled(settings: Mapping[Any, Any] = MappingProxyType({})) -> Iterator[None]:
    """Draw and write figures in this style, but for these settings, and leave matplotlib as it was."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({**SETTINGS, **settings})
        yield


def lines(names: Iterable[str]) -> Looks:
    """Give each name a line of its own, whatever order they come in; those that most figures show keep theirs."""
    given = set(names)
    return {
        name: {
            "color": COLOURS[i % len(COLOURS)],
            "marker": MARKERS[i % len(MARKERS)],
            "linestyle": DASHES[i % len(DASHES)],
        }
        for i, name in enumerate([*PREFERRED, *sorted(given - set(PREFERRED))])
        if name in given
    }


def looks(material: Material) -> Looks:
    """Give every explainer of a run its line, the same in all figures; those chosen differ in colour."""
    known = lines({*material.records["explainer"], *material.chosen} - {"", *REFERENCES})
    taken: set[str] = set()
    for name in sorted(known.keys() & set(material.chosen)):
        free = [known[name]["color"], *(colour for colour in COLOURS if colour not in taken), known[name]["color"]]
        known[name]["color"] = free[free[0] in taken]
        taken.add(known[name]["color"])
    return known


def few(material: Material) -> Looks:
    """Give those chosen an unbroken line each, which leaves the dashes to what they are compared with."""
    return {name: {**look, "linestyle": "-"} for name, look in looks(material).items() if name in material.chosen}


def panels(figure: Figure, n: int) -> NDArray[Any]:
    """Return the panels of n charts that share their axes, (rows, columns), two in a row."""
    columns = min(n, 2) or 1
    made: NDArray[Any] = figure.subplots(-(-n // columns) or 1, columns, sharex=True, sharey=True, squeeze=False)
    for unused in made.flat[n:]:
        unused.set_visible(False)
    return made


def legend(figure: Figure, panels: Iterable[Axes]) -> None:
    """Explain the lines of all panels once, below them, five to a row."""
    known = {label: handle for axes in panels for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)}
    figure.legend(list(known.values()), list(known), loc="outside lower center", ncols=5)


def encode(figure: Figure, kind: str) -> bytes:
    """Write a figure as a kind of `UNDATED`; it is laid out the first time only."""
    sink = io.BytesIO()
    with warnings.catch_warnings():
        # A layout that does not come out well, for names of a user's own, is no reason to lose the board.
        warnings.simplefilter("ignore")
        figure.savefig(sink, format=kind, metadata=UNDATED[kind])
    with matplotlib.rc_context({"figure.constrained_layout.use": False}):
        figure.set_layout_engine()  # none at all: one that only keeps its place has each figure drawn twice
    # Its text is that of the figure, and XML admits no control characters.
    return printable(sink.getvalue().decode()).encode() if kind == "svg" else sink.getvalue()
