"""Puts the page together: its texts, table, figures and data, with the style and the scripts that lie beside this file.

Everything is inlined. The content security policy admits these very scripts and data URIs, nothing else.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace as changed
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd

from veracity_bench.reports import figures, leaderboard
from veracity_bench.reports.layout.columns import cells
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.measurements.excerpts import Excerpt
from veracity_bench.reports.measurements.files import replace
from veracity_bench.reports.measurements.records import canonical
from veracity_bench.reports.page.browser import by_place, contents
from veracity_bench.reports.page.hypertext import data_uri, prose, sortable
from veracity_bench.reports.sections import how_to_read, order, overall

HERE = Path(__file__).parent
SCRIPTS = ("elements.js", "sorting.js", "segments.js", "details.js", "browser.js")
NO_EXCERPTS = "This run kept no excerpts to look at."
NO_FIGURES = "Nothing was measured that the figures show."
SOUNDS = """\
This page contains sounds: excerpts of the songs that were measured. It may be passed on only where these may be; \
`veracity-bench page DIR --output FILE --silent` makes one without."""
SILENT = "This page contains no sounds."


def write(
    file: Path,
    records: pd.DataFrame,
    manifest: Mapping[str, Any],
    excerpts: Sequence[Excerpt],
    *,
    silent: bool = False,
    drawn: Mapping[Path, bytes] | None = None,
) -> None:
    """Write the page, at once or not at all."""
    replace(file, render(records, manifest, excerpts, silent=silent, drawn=drawn).encode())


def render(
    records: pd.DataFrame,
    manifest: Mapping[str, Any],
    excerpts: Sequence[Excerpt],
    *,
    silent: bool = False,
    drawn: Mapping[Path, bytes] | None = None,
) -> str:
    """Render the page; the same records and excerpts give the same page.

    ``drawn`` are the figures that have been drawn from them for the board, which takes seconds.
    """
    records = canonical(records)
    script = "\n".join(map(_beside, SCRIPTS))
    if silent:
        excerpts = [changed(one, sounds={}) for one in excerpts]
    if drawn is None:
        drawn = dict(figures.files(records, excerpts, kinds=["svg"]))
    first, _, others = how_to_read.SECTION.body(Material(records)).partition("\n\n")
    return _fill(
        "page.html",
        script_hash=f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}",
        title=escape(manifest.get("title", "Veracity Bench")),
        style=_beside("page.css"),
        introduction=prose(leaderboard.introduction(records, manifest)),
        sounds=prose(SOUNDS if any(one.sounds for one in excerpts) else SILENT),
        overall=_overall(records),
        reading=prose(first),
        details=prose(others),
        figures="\n".join(_figures(drawn)) or prose(NO_FIGURES),
        browser=_browser(records, manifest, excerpts),
        script=script,
    )


def _beside(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _fill(name: str, **parts: str) -> str:
    return Template(_beside(name)).substitute(parts)


def _overall(records: pd.DataFrame) -> str:
    headers, rows = cells(records, overall.COLUMNS)
    counts, *explainers = rows.values() if rows else [[]]
    return sortable(headers, counts, explainers) if rows else prose(overall.NOBODY)


def _figures(drawn: Mapping[Path, bytes]) -> Iterable[str]:
    for path, content in ((path, drawn[path]) for path in drawn if path.suffix == ".svg"):
        alt = escape(order.figures()[path.stem].alt)
        source = data_uri("image/svg+xml", content)
        yield f'<div class="scroll figure" tabindex="0" role="group" aria-label="Figure: {path.stem}">'
        yield f'<img src="{source}" alt="{alt}"></div>'


def _browser(records: pd.DataFrame, manifest: Mapping[str, Any], excerpts: Sequence[Excerpt]) -> str:
    data = contents(records, manifest, excerpts)
    if not data["cases"]:
        return prose(NO_EXCERPTS)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    shown = f"{len(data['cases'])} of {len(by_place(records))} excerpts measured are shown."
    return _fill("browser.html", data=text, shown=shown)
