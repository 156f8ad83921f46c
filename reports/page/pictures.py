"""Figures of the board as elements of a page, each with a caption that all can see."""

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from veracity_bench.reports.page.hypertext import data_uri
from veracity_bench.reports.sections import order

PHONE = "(max-width: 44rem)"


def vector_files(drawn: Mapping[Path, bytes]) -> dict[str, bytes]:
    """Return the figures that pages show, by name, in the order in which they were drawn."""
    return {path.stem: content for path, content in drawn.items() if path.suffix == ".svg"}


def figures(drawn: Mapping[str, bytes], narrow: Mapping[str, bytes]) -> Iterator[str]:
    """Lay out each figure in a frame above its title and what it shows; narrow windows show the narrow ones."""
    titles = {section.figure.name: section.title for section in order.sections() if section.figure}
    for name, content in drawn.items():
        yield f'<figure class="figure">{frame(name, content, narrow.get(name))}'
        yield f"{caption(titles[name], name)}</figure>"


def caption(title: str, name: str) -> str:
    """Lay out the title of a figure, and what it shows."""
    stop = "" if title.endswith("?") else "."
    return f"<figcaption><strong>{escape(title)}{stop}</strong> {escape(alt(name))}</figcaption>"


def frame(name: str, content: bytes, narrow: bytes | None = None) -> str:
    """Lay out one figure."""
    image = f'<img src="{_address(content)}" alt="{escape(alt(name))}">'
    source = f'<source media="{PHONE}" srcset="{_address(narrow)}">' if narrow else ""
    return f'<div class="frame"><picture>{source}{image}</picture></div>'


def _address(content: bytes) -> str:
    return data_uri("image/svg+xml", content)


def alt(name: str) -> str:
    """Return in words what a figure shows."""
    return order.figures()[name].alt
