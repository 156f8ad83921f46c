"""Two runs side by side on one page, also where they measure different things, such as two detectors.

``veracity-bench compare A B --page FILE`` writes it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from veracity_bench.reports import figures
from veracity_bench.reports.compare import changes
from veracity_bench.reports.compare.comparable import obstacle
from veracity_bench.reports.layout.columns import cells
from veracity_bench.reports.layout.figure_form import COLUMNS, Form
from veracity_bench.reports.layout.markdown import NOTHING, plain, table
from veracity_bench.reports.layout.tables import parts_of
from veracity_bench.reports.measurements.excerpts import Excerpt
from veracity_bench.reports.measurements.manifest import error_of
from veracity_bench.reports.measurements.rows import REFERENCES
from veracity_bench.reports.page.document import document
from veracity_bench.reports.page.hypertext import prose, sortable
from veracity_bench.reports.page.pictures import caption, frame, vector_files
from veracity_bench.reports.scores import board_rows, measured_cases
from veracity_bench.reports.scores.judgements import judge
from veracity_bench.reports.sections import order, overall, paper_claims

SIDES = ("A", "B")
SCRIPTS = ("elements.js", "sorting.js")
NAVIGATION = {
    "runs": "The runs",
    "overall": "Overall",
    "claims": "Claims",
    "changed": "What changed",
    "figures": "Figures",
}
SCORES = [column for column in overall.COLUMNS if column.brief or column.text]
NOTHING_SHOWN = "Nothing was measured that this shows."
COMMON = "Of the explainers that both runs have, in the same colours on both sides."
OWN = "The runs have no explainer in common: each side shows its own, in colours of its own."


@dataclass(frozen=True, eq=False)
class Side:
    """One of two runs: its folder's name, its records, manifest and excerpts, and the line that names it."""

    name: str
    records: pd.DataFrame
    manifest: Mapping[str, Any]
    excerpts: Sequence[Excerpt]
    source: str

    @property
    def run(self) -> changes.Run:
        """Return records and manifest."""
        return self.records, self.manifest


def render(a: Side, b: Side) -> str:
    """Render the page of two runs."""
    why = obstacle(a.run, b.run)
    common = set(board_rows.explainers(a.records)) & set(board_rows.explainers(b.records)) - set(REFERENCES)
    return document(
        "comparison.html",
        SCRIPTS,
        f"A: {a.name}, B: {b.name}",
        NAVIGATION,
        f"A: {escape(a.source)}<br>B: {escape(b.source)}",
        runs=prose(_runs(a, b)),
        overall=_overall(a, b),
        claims=prose(_claims(a, b)),
        changed=prose(why or changes.report(a.run, b.run, heading="###")),
        shown=COMMON if common else OWN,
        figures="\n".join(_figures(*(_drawn(side, common) for side in (a, b)))) or prose(NOTHING_SHOWN),
    )


def _runs(a: Side, b: Side) -> str:
    """Show what either run is about, what differs in bold."""
    facts = [{"folder": side.name, **_facts(side)} for side in (a, b)]
    rows = []
    for name in dict.fromkeys([*facts[0], *facts[1]]):
        values = [plain(str(own.get(name, NOTHING))) for own in facts]
        rows.append([plain(name), *(value if values[0] == values[1] else f"**{value}**" for value in values)])
    return table(["", *SIDES], rows, texts=(0, 1, 2))


def _facts(side: Side) -> dict[str, object]:
    detector, cases = side.manifest.get("detector", {}), measured_cases.cases(side.records)
    error = error_of(side.manifest)
    counts = {"adversarial excerpts": len(cases), "songs with a case": cases["song"].nunique()}
    known = {"threshold": detector.get("threshold"), "test error": None if error is None else f"{error:.1%}"}
    known["seed"] = side.manifest.get("options", {}).get("seed")
    return {**side.manifest.get("measured", {}), **{k: v for k, v in known.items() if v is not None}, **counts}


def merged(tables: Sequence[tuple[Sequence[str], Mapping[str, Sequence[str]]]]) -> tuple[list[str], list[list[str]]]:
    """Lay two tables side by side, column by column, by the names of their rows; "-" where one has no such row."""
    titles = list(dict.fromkeys(title for headers, _ in tables for title in headers[1:]))
    names = list(dict.fromkeys(name for _, rows in tables for name in rows))
    headers = [tables[0][0][0], *(f"{title} {side}" for title in titles for side in SIDES)]
    own = [{name: dict(zip(heads, row, strict=True)) for name, row in rows.items()} for heads, rows in tables]
    first = {name: row[0] for _, rows in tables for name, row in rows.items()}
    body = [[first[n], *(rows.get(n, {}).get(title, NOTHING) for title in titles for rows in own)] for n in names]
    return headers, body


def _overall(a: Side, b: Side) -> str:
    tables = [cells(side.records, SCORES) for side in (a, b)]
    if not any(rows for _, rows in tables):
        return prose(overall.NOBODY)
    headers, (counts, *rows) = merged(tables)
    return sortable(headers, counts, rows, {i for i, title in enumerate(headers) if title.startswith("flags ")})


def _claims(a: Side, b: Side) -> str:
    """Show the verdicts on each claim of the paper under both runs."""
    tables = []
    for side in (a, b):
        for part in parts_of(paper_claims.verdict_table(judge(side.records))):
            tables.append((part.headers, {row[0]: row for row in part.rows}))
    if len(tables) < len(SIDES):
        return NOTHING_SHOWN
    headers, rows = merged(tables)
    return table(headers, rows, texts=range(len(headers)))


def _drawn(side: Side, common: set[str]) -> dict[str, bytes]:
    shown = {*common, *REFERENCES, ""}
    records = side.records[side.records["explainer"].isin(shown)] if common else side.records
    return vector_files(
        dict(figures.files(records, side.excerpts, form=Form(("svg",), COLUMNS["one"], source=side.source)))
    )


def _figures(a: Mapping[str, bytes], b: Mapping[str, bytes]) -> Iterator[str]:
    titles = {one.figure.name: one.title for one in order.sections() if one.figure}
    for name in (name for name in order.figures() if name in a or name in b):
        both = "".join(_half(side, name, own.get(name)) for side, own in zip(SIDES, (a, b), strict=True))
        yield f'<figure class="figure"><div class="pair">{both}</div>'
        yield f"{caption(titles[name], name)}</figure>"


def _half(side: str, name: str, content: bytes | None) -> str:
    shown = frame(name, content) if content else prose(NOTHING_SHOWN)
    return f'<div><p class="side">{side}</p>{shown}</div>'
