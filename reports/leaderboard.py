"""The leaderboard: one markdown page from the records and the manifest of a run alone.

``veracity-bench board reports/latest`` renders the page again, without the detector or any explainer.
"""

import argparse
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from veracity_bench.reports import figures
from veracity_bench.reports.introduction import introduction
from veracity_bench.reports.layout import markdown
from veracity_bench.reports.layout.faults import kept
from veracity_bench.reports.layout.figure_form import Form
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.layout.source import source
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.excerpts import Excerpt, read_excerpts
from veracity_bench.reports.measurements.files import replace
from veracity_bench.reports.measurements.folder import changed
from veracity_bench.reports.measurements.manifest import BOARD
from veracity_bench.reports.measurements.records import canonical, read_run
from veracity_bench.reports.sections.order import sections

OTHER_FORMAT = """\
The board is written in markdown, which {file} would not hold; `veracity-bench tables RUN --output FOLDER` writes its \
tables as CSV, LaTeX or JSON, and `veracity-bench page` writes HTML."""
MARKDOWN = (".md", ".markdown", ".txt", "")


@dataclass(frozen=True)
class Board:
    """A board that was rendered: its text, the bodies of its sections by title, its figures by their paths from it."""

    text: str
    bodies: Mapping[str, str]
    drawn: Mapping[Path, bytes] = field(default_factory=dict)


def write(
    file: Path,
    records: pd.DataFrame,
    manifest: Mapping[str, Any],
    excerpts: Sequence[Excerpt] = (),
    faults: list[str] | None = None,
    small_print: str = "",
) -> Board:
    """Write the board, and its figures to the folder ``figures`` beside it; those of an older board go.

    ``small_print`` stands in each figure. ``faults``: see `veracity_bench.reports.layout.faults`.
    """
    drawn = dict(figures.files(canonical(records), excerpts, form=Form(source=small_print), faults=faults))
    board = _rendered(records, manifest, {path.stem for path in drawn}, faults)
    replace(file, board.text.encode())
    for path in figures.paths():
        if path in drawn:
            replace(file.parent / path, drawn[path])
        else:
            (file.parent / path).unlink(missing_ok=True)
    return Board(board.text, board.bodies, drawn)


def render(
    records: pd.DataFrame,
    manifest: Mapping[str, Any],
    drawn: Collection[str] = (),
    faults: list[str] | None = None,
) -> str:
    """Render the whole board; it depends on the content of the records only, not on their order.

    ``drawn`` are the names of the figures that lie beside it. ``faults``: see `veracity_bench.reports.layout.faults`.
    """
    return _rendered(records, manifest, drawn, faults).text


def _rendered(
    records: pd.DataFrame, manifest: Mapping[str, Any], drawn: Collection[str], faults: list[str] | None
) -> Board:
    material = Material(canonical(records), manifest=manifest)
    page = [f"# {markdown.plain(manifest.get('title', 'Veracity Bench'))}", introduction(material.records, manifest)]
    bodies = {section.title: _body(section, material, faults) for section in sections()}
    page += [_section(section, bodies[section.title], drawn) for section in sections()]
    return Board("\n\n".join(filter(None, page)) + "\n", bodies)


def _body(section: Section, material: Material, faults: list[str] | None) -> str:
    here: list[str] | None = None if faults is None else []
    body = ""
    with kept(f'The section "{section.title}"', here):
        body = section.body(material)
    if faults is not None and here:
        faults += here
        body = here[0]
    return body


def _section(section: Section, body: str, drawn: Collection[str]) -> str:
    if not body:
        return ""
    figure = section.figure
    links = [markdown.figure(figure.name, figure.alt)] if figure and figure.name in drawn else []
    return "\n\n".join([f"## {section.title}", *links, body])


def main(arguments: list[str] | None = None) -> None:
    """Render the records of a run to a file with figures beside it, or the page alone to the standard output."""
    parser = argparse.ArgumentParser(prog="veracity-bench board", description=main.__doc__)
    parser.add_argument("records", type=Path, help="directory of a run, or its records.parquet")
    parser.add_argument(
        "--output", type=Path, help="file to write, with figures beside it, instead of the standard output"
    )
    options = parser.parse_args(arguments)
    if options.output and options.output.suffix.lower() not in MARKDOWN:
        raise SystemExit(OTHER_FORMAT.format(file=options.output))
    try:
        run, faults = read_run(options.records), list[str]()
        if options.output:
            place = options.records if options.records.is_dir() else options.records.parent
            with changed(options.output, place, BOARD) as file:
                write(file, *run, read_excerpts(place), faults, source(options.records, run[1]))
            print(options.output)
        else:
            print(render(*run, faults=faults), end="")
    except (OSError, RecordsError) as error:
        raise SystemExit(str(error)) from error
    if faults:
        raise SystemExit("\n".join(faults))
