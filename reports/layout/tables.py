"""Tables as data: what the board shows as markdown keeps its cells, and the numbers behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self


class Quantity(str):
    """A cell that shows a number: its text, and the number with its interval (low, high), unrounded, in its unit."""

    value: float
    interval: tuple[float, float] | None

    def __new__(cls, text: str, value: float, interval: tuple[float, float] | None = None) -> Self:
        """Bind a text to the number that it shows."""
        cell = super().__new__(cls, text)
        cell.value, cell.interval = value, interval
        return cell


@dataclass(frozen=True)
class Table:
    """A table of the board: its title, "" for the only one of a section, its headers and its rows of markdown."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]


class Tables(str):
    """Markdown that holds tables, and these as data."""

    parts: Sequence[Table]

    def __new__(cls, text: str, parts: Sequence[Table]) -> Self:
        """Bind a text to the tables that it shows."""
        tables = super().__new__(cls, text)
        tables.parts = parts
        return tables


def parts_of(text: str) -> Sequence[Table]:
    """Return the tables that a text shows; none for a text that was not made of tables."""
    return text.parts if isinstance(text, Tables) else ()
