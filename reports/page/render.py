"""Puts the page together: its texts, table, figures and data."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace as changed
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from veracity_bench.reports import figures
from veracity_bench.reports.introduction import introduction
from veracity_bench.reports.layout.columns import cells
from veracity_bench.reports.layout.figure_form import COLUMNS, Form
from veracity_bench.reports.layout.markdown import plain
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.leaderboard import Board
from veracity_bench.reports.measurements.columns import FAILED
from veracity_bench.reports.measurements.excerpts import Excerpt
from veracity_bench.reports.measurements.files import replace
from veracity_bench.reports.measurements.records import canonical
from veracity_bench.reports.page.browser import contents, count
from veracity_bench.reports.page.document import IMAGES, SOUND_FILES, document, fill
from veracity_bench.reports.page.hypertext import prose, sortable
from veracity_bench.reports.page.pictures import figures as elements
from veracity_bench.reports.page.pictures import vector_files
from veracity_bench.reports.sections import attack, failures, how_to_read, overall, paper_claims, ranking

SCRIPTS = ("elements.js", "sorting.js", "segments.js", "details.js", "browser.js")
NO_EXCERPTS = "This run kept no excerpts to look at."
SECTIONS = {
    "claims": paper_claims.SECTION,
    "ranking": ranking.SECTION,
    "attack": attack.SECTION,
    "failures": failures.SECTION,
}
NAVIGATION = {
    "overall": "Overall",
    "claims": "Claims",
    "ranking": "Ranking",
    "excerpts": "Excerpts",
    "figures": "Figures",
    "attack": "Attack",
    "failures": "Failures",
}
NOTHING_SHOWN = "Nothing was measured that this shows."
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
    board: Board | None = None,
    source: str = "",
) -> None:
    """Write the page, at once or not at all."""
    replace(file, render(records, manifest, excerpts, silent=silent, board=board, source=source).encode())


def render(
    records: pd.DataFrame,
    manifest: Mapping[str, Any],
    excerpts: Sequence[Excerpt],
    *,
    silent: bool = False,
    board: Board | None = None,
    source: str = "",
) -> str:
    """Render the page; the same records and excerpts give the same page.

    ``board`` is that of the same records, where it has been rendered, which takes seconds; ``source`` names the run,
    in small print.
    """
    records = canonical(records)
    if silent:
        excerpts = [changed(one, sounds={}) for one in excerpts]
    bodies = {} if board is None else board.bodies
    wide = Form(("svg",), source=source)
    drawn = vector_files(dict(figures.files(records, excerpts, form=wide)) if board is None else board.drawn)
    material = Material(records, manifest=manifest)
    first, _, others = _body(how_to_read.SECTION, material, bodies).partition("\n\n")
    return document(
        "page.html",
        SCRIPTS,
        manifest.get("title", "Veracity Bench"),
        NAVIGATION,
        escape(source),
        (IMAGES, SOUND_FILES),
        introduction=prose(introduction(records, manifest)),
        sounds=prose(SOUNDS if any(one.sounds for one in excerpts) else SILENT),
        overall=_overall(records),
        reading=prose(first),
        details=prose(others),
        figures="\n".join(elements(drawn, _narrow(records, excerpts, drawn, wide))) or prose(NO_FIGURES),
        **{name: prose(_body(section, material, bodies) or NOTHING_SHOWN) for name, section in SECTIONS.items()},
        browser=_browser(records, manifest, excerpts),
    )


def _overall(records: pd.DataFrame) -> str:
    headers, rows = cells(records, overall.COLUMNS)
    if not rows:
        return prose(overall.NOBODY)
    place = headers.index("failed")
    for name, why in _reasons(records).items():
        if name in rows:
            rows[name][place] += f": {why}"
    counts, *explainers = rows.values()
    return sortable(headers, counts, explainers, {place, *(i for i, title in enumerate(headers) if title == "flags")})


def _reasons(records: pd.DataFrame) -> dict[str, str]:
    """Return why explainers failed: the reasons of each, as markdown."""
    failed = records[records["metric"] == FAILED]
    return {str(name): "; ".join(map(plain, sorted(set(own["reason"])))) for name, own in failed.groupby("explainer")}


def _body(section: Section, material: Material, bodies: Mapping[str, str]) -> str:
    return bodies[section.title] if section.title in bodies else section.body(material)


def _narrow(
    records: pd.DataFrame, excerpts: Sequence[Excerpt], names: Collection[str], form: Form
) -> Mapping[str, bytes]:
    """Draw those figures once more, for phones."""
    form = changed(form, width=COLUMNS["one"])
    return vector_files(dict(figures.files(records, excerpts, names=names, form=form))) if names else {}


def _browser(records: pd.DataFrame, manifest: Mapping[str, Any], excerpts: Sequence[Excerpt]) -> str:
    data = contents(records, manifest, excerpts)
    if not data["cases"]:
        return prose(NO_EXCERPTS)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    shown = f"{len(data['cases'])} of {count(records)} excerpts measured are shown."
    return fill("browser.html", data=text, shown=shown)
