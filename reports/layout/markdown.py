"""Cells and tables in markdown."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from tabulate import tabulate

from veracity_bench.printable import printable
from veracity_bench.reports.layout.tables import Quantity, Table, Tables, parts_of
from veracity_bench.reports.measurements.rows import REFERENCES
from veracity_bench.reports.statistics.estimates import Estimate

NOTHING = "-"
MARKS = re.compile(r"\\([!-/:-@\[-`{-~])|[*`]")  # what a backslash escapes stays
MARKUP = re.compile(r"[\\`*<\[\]|~$]|&(?=#?\w+;)|(?<!\w)_|_(?!\w)")  # an underscore within a word is none


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], texts: Collection[int] = (0,)) -> str:
    """Lay out finished cells, right-aligned but for the columns in ``texts``; "-" if there are no rows.

    What others have written in them, such as names, went through `plain` or `label`.
    """
    if not rows:
        return NOTHING
    alignment = ["left" if column in texts else "right" for column in range(len(headers))]
    cells = [[_cell(text) for text in row] for row in (headers, *rows)]
    text = tabulate(cells[1:], headers=cells[0], tablefmt="pipe", disable_numparse=True, colalign=alignment)
    return Tables(text, [Table("", headers, rows)])


def _cell(text: str) -> str:
    """Keep text from breaking out of its table cell."""
    return re.sub(r"(?<!\\)\|", r"\\|", " ".join(text.split()))


def joined(texts: Iterable[str]) -> str:
    """Put texts and tables one below the other, those that are "-" left out; "-" where all are."""
    shown = [text for text in texts if text not in ("", NOTHING)]
    return Tables("\n\n".join(shown), [part for text in shown for part in parts_of(text)]) if shown else NOTHING


def titled(texts: Mapping[str, str]) -> str:
    """Put texts one below the other, each under its title, as `joined`; what has the title "" stands without."""
    return joined(_titled(title, text) for title, text in texts.items())


def _titled(title: str, text: str) -> str:
    if not title or text == NOTHING:
        return text
    return Tables(f"### {title}\n\n{text}", [replace(part, title=unmarked(title)) for part in parts_of(text)])


def plain(text: str) -> str:
    """Write a text of others, on one line, so that it is shown as it is: it makes no markup."""
    return MARKUP.sub(r"\\\g<0>", printable(" ".join(text.split())))


def unmarked(text: str) -> str:
    """Return markdown of one line as the text that it shows."""
    return MARKS.sub(lambda found: found[1] or "", text)


def figure(name: str, shows: str) -> str:
    """Link a figure that is written beside the page."""
    return f"![{shows}](figures/{name}.svg)"


def label(explainer: str) -> str:
    """Name an explainer as the board does, references in italics."""
    return f"*{explainer}*" if explainer in REFERENCES else plain(explainer)


def percent(estimate: Estimate | None) -> str:
    """Write a share as "53 [41, 65]", in percent; as "47 to 53 [38, 65]" where it is only bounded."""
    return _with_interval(estimate, lambda share: str(round(100 * share)), 100)


def fine_percent(estimate: Estimate | None) -> str:
    """Write a share that may be small as "0.3 [<0.1, 0.6]", in percent; "0.0" is none at all."""
    return _with_interval(estimate, lambda share: "<0.1" if 0 < share < 0.0005 else f"{100 * share:.1f}", 100)


def decimal(estimate: Estimate | None) -> str:
    """Write a number as "0.71 [0.65, 0.78]"."""
    return _with_interval(estimate, "{:z.2f}".format)


def signed(estimate: Estimate) -> str:
    """Write a change as "+0.071 [-0.01, +0.15]", to three digits."""
    return _with_interval(estimate, "{:+.3g}".format)


def rank(estimate: Estimate) -> str:
    """Write a rank as "3 [1, 7]"; ties have halves."""
    return _with_interval(estimate, lambda value: f"{round(2 * value) / 2:g}")


def _with_interval(estimate: Estimate | None, show: Callable[[float], str], unit: float = 1) -> str:
    if estimate is None:
        return NOTHING
    value = " to ".join(dict.fromkeys(map(show, estimate.between or (estimate.value,))))
    if estimate.interval is None:
        return Quantity(value, unit * estimate.value)
    low, high = estimate.interval
    text = f"{value} [{show(low)}, {show(high)}]"
    return Quantity(text, unit * estimate.value, (unit * low, unit * high))


def number(value: float | None, pattern: str) -> str:
    """Write a number without interval in the given format, such as ".1f"."""
    if value is None:
        return NOTHING
    return Quantity(format(value, pattern), 100 * value if pattern.endswith("%") else value)
