"""In what form figures are written: kinds of files, width, background, and the small print that names their run."""

from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.layout import narrow
from veracity_bench.reports.layout.small_print import add_small_print

KINDS = ("pdf", "svg", "png")
COLUMNS = {"one": 3.5, "two": 7.16}  # inches: columns of a page in most journals
NATURAL = 9.6  # inches: the width that sections draw for
LEAST = 6.0  # points of the smallest print that is read with ease
NARROW = 5.0  # inches, below which panels stand below each other


@dataclass(frozen=True)
class Form:
    """How figures are written: by default as a page shows them.

    width      inches; None for that which the section draws
    embedded   whether an SVG is for print: it holds the shapes of its letters instead of text, and no dark version
    source     small print below; "" for none
    """

    kinds: tuple[str, ...] = ("svg", "png")
    width: float | None = None
    background: str = style.BACKGROUND
    embedded: bool = False
    source: str = ""

    @property
    def scale(self) -> float:
        """Return the factor for letters, lines and heights: that of the width, as far as letters stay legible."""
        share = 1.0 if self.width is None else min(1.0, self.width / NATURAL)
        return max(share, LEAST / float(style.SETTINGS["font.size"]))

    @property
    def settings(self) -> dict[Any, Any]:
        """Return what differs in matplotlib's settings."""
        scaled = {name: self.scale * style.SETTINGS[name] for name in style.SCALED}
        faces = {"axes.facecolor": self.background, "savefig.facecolor": self.background}
        return {**scaled, **faces, "svg.fonttype": "path" if self.embedded else "none"}

    def fit(self, figure: Figure) -> None:
        """Bring a figure, drawn in these settings, to the width, and write the small print at its foot."""
        if self.width is not None:
            if self.width < NARROW:
                narrow.arrange(figure, self.width, self.scale)
            else:
                figure.set_size_inches(self.width, self.scale * figure.get_figheight())
            narrow.fit_legends(figure, self.width, self.scale)
        if self.source:
            add_small_print(figure, self.source)
