"""Figures of the board as elements of a page, each with a caption that all can see."""

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from veracity_bench.reports.page.hypertext import data_uri
from veracity_bench.reports.sections import order


def vector_files(drawn: Mapping[Path, bytes]) -> dict[str, bytes]:
    """Return the figures that pages show, by name, in the order in which they were drawn."""
    return {path.stem: content for path, content in drawn.items() if path.suffix == ".svg"}


def figures(drawn: Mapping[Path, bytes]) -> Iterator[str]:
    """Lay out each figure in a frame above its title and what it shows."""
    titles = {section.figure.name: section.title for section in order.sections() if section.figure}
    for name, content in vector_files(drawn).items():
        yield f'<figure class="figure">{frame(name, content)}'
        yield f"<figcaption><strong>{escape(titles[name])}.</strong> {escape(alt(name))}</figcaption></figure>"


def frame(name: str, content: bytes) -> str:
    """Lay out one figure."""
    source = data_uri("image/svg+xml", content)
    return f'<div class="frame"><img src="{source}" alt="{escape(alt(name))}"></div>'


def alt(name: str) -> str:
    """Return in words what a figure shows."""
    return order.figures()[name].alt
