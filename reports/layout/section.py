"""A section of the board: its title, the text that introduces it, its table and its figure, and its metrics."""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure

from veracity_bench.reports.layout.markdown import NOTHING
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.templates import fill
from veracity_bench.reports.measurements.metrics import Metric


@dataclass(frozen=True)
class NamedFigure:
    """A figure: the name of its files, a text for those who cannot see it, and what draws it, or None without data."""

    name: str
    alt: str
    draw: Callable[[Material], Figure | None]


@dataclass(frozen=True)
class Section:
    """One section of the board; it is left out where its table is "-".

    The introduction is a template (`veracity_bench.reports.layout.templates`), or a function where it depends on more
    than the number of segments. ``metrics`` are those that this section declares: records may have no others.
    """

    title: str
    introduction: str | Callable[[Material], str]
    table: Callable[[Material], str]
    figure: NamedFigure | None = None
    metrics: tuple[Metric, ...] = ()

    def body(self, material: Material) -> str:
        """Return the introduction and the table, in markdown; "" where nothing was measured."""
        table = self.table(material)
        if table == NOTHING:
            return ""
        text = self.introduction
        introduction = fill(text, material.records) if isinstance(text, str) else text(material)
        return "\n\n".join(filter(None, [introduction, table]))
