"""The paper's numbers beside those of the same row here."""

from collections.abc import Sequence

from veracity_bench.reports.layout.markdown import label
from veracity_bench.reports.measurements.paper import SEGMENTS
from veracity_bench.reports.measurements.rows import LIME


def with_paper(
    rows: Sequence[Sequence[str]], cells: Sequence[str], n: int, name: str = LIME, about: str = ""
) -> list[list[str]]:
    """Put what the paper reports in a row of its own below that of the explainer or reference it is about, if any.

    It has its place only where excerpts have as many segments as there, ``n``.
    """
    paper = [", ".join(filter(None, (label(name), "paper", about))), *cells]
    last = max((place for place, row in enumerate(rows) if row[0].split(",")[0] == label(name)), default=None)
    parts = [list(row) for row in rows]
    return parts if last is None or n != SEGMENTS else [*parts[: last + 1], paper, *parts[last + 1 :]]


def share(value: float) -> str:
    """Write a share that the paper reports, in percent."""
    return f"{100 * value:.0f}"
