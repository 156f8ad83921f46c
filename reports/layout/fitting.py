"""Tables of the board as a terminal shows them: no wider than it is."""

from collections.abc import Collection, Sequence

from tabulate import MIN_PADDING, tabulate

from veracity_bench.reports.layout.markdown import NOTHING
from veracity_bench.reports.layout.tables import Table

GAP = 2  # columns between two cells
LEAST = 20  # of a text that is broken into lines
LEFT_OUT = "No room for: {titles}."


def narrowed(table: Table, width: int, kept: Collection[str] = ()) -> str:
    """Lay out the columns that have room, from the left, those named in ``kept`` first; name the others.

    Columns without any number are left out. "" where none has one.
    """
    filled = [i for i in range(1, len(table.headers)) if any(row[i] != NOTHING for row in table.rows)]
    chosen, room = [0], width - _width(table, 0)
    for i in sorted(filled, key=lambda i: table.headers[i] not in kept):
        room -= GAP + _width(table, i)
        if room < 0:
            break
        chosen.append(i)
    if not filled:
        return ""
    left_out = [table.headers[i] for i in filled if i not in chosen]
    lines = _laid_out(table, sorted(chosen))
    return "\n".join([lines, *([LEFT_OUT.format(titles=", ".join(left_out))] if left_out else [])])


def folded(table: Table, width: int) -> str:
    """Lay out all columns of text, the widest ones broken into lines that fit beside the others."""
    columns = range(len(table.headers))
    widths = [_width(table, i) for i in columns]
    limits: list[int | None] = [None for _ in columns]
    for i in sorted(columns, key=lambda i: -widths[i])[:2]:
        over = sum(widths) + GAP * (len(widths) - 1) - width
        if over > 0:
            limits[i] = widths[i] = max(LEAST, widths[i] - over)
    return tabulate(table.rows, table.headers, tablefmt="simple", disable_numparse=True, maxcolwidths=limits)


def _laid_out(table: Table, chosen: Sequence[int]) -> str:
    rows = [[row[i] for i in chosen] for row in table.rows]
    headers = [table.headers[i] for i in chosen]
    alignment = ["left", *("right" for _ in chosen[1:])]
    return tabulate(rows, headers, tablefmt="simple", disable_numparse=True, colalign=alignment)


def _width(table: Table, column: int) -> int:
    return max(len(table.headers[column]) + MIN_PADDING, *(len(row[column]) for row in table.rows))
