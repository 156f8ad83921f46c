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
from veracity_bench.reports.layout import markdown
from veracity_bench.reports.layout.faults import kept
from veracity_bench.reports.layout.figure_form import Form
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.layout.source import source
from veracity_bench.reports.layout.templates import fill
from veracity_bench.reports.measurements.columns import ATTACK, FAILED, KNOWN_ANSWERS
from veracity_bench.reports.measurements.conditions import conditions, direction_in_words, directions, of_singing
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.excerpts import Excerpt, read_excerpts
from veracity_bench.reports.measurements.files import replace
from veracity_bench.reports.measurements.folder import changed
from veracity_bench.reports.measurements.manifest import BOARD
from veracity_bench.reports.measurements.records import canonical, read_run
from veracity_bench.reports.measurements.rows import REFERENCES
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.sections.order import sections

QUESTION = """\
Which explanation methods name what changed an audio classifier's decision, and what are their misses made of? {what} \
An adversarial attack changes the excerpt until the {subject} changes its prediction, so the cause of the new \
prediction is known, and a good explainer must find it."""
SINGING = {"what": "A detector classifies whether an excerpt of music contains singing.", "subject": "detector"}
OTHERS = {"what": "A classifier that came trained predicts the class of an excerpt.", "subject": "classifier"}

UNCALIBRATED = """\
**Do not rely on this board: its calibration failed.** A method that is exact did not get what theory demands of it, \
or could not be measured, so any number below may be wrong; see Failures."""

NO_ORACLE = """\
Bounds in place of the oracle, and no exact references: this detector's coalitions take a forward pass each, and \
there are 2^{n}. *best-found* is the least that an oracle reaches; the most is left open, and normalised scores are \
ranges."""


OTHER_FORMAT = """\
The board is written in markdown, which {file} would not hold; `veracity-bench tables RUN --output FOLDER` writes its \
tables as CSV, LaTeX or JSON, and `veracity-bench page` writes HTML."""
MARKDOWN = (".md", ".markdown", ".txt", "")

NO_CASES = """\
**Nothing is scored: no attack changed the {subject}'s prediction of any excerpt.** The section "The attack" has the \
reasons, the terminal how near the attempts came."""

INCOMPLETE = "**Do not take this board for a whole one, its run is incomplete: {why}.**"


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


def introduction(records: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """Pose the question, and describe in a paragraph what was measured."""
    if records.empty:
        return f"{QUESTION.format(**SINGING)} Nothing was measured."
    measured = dict(manifest.get("measured", {}))
    stopped = measured.pop("incomplete", "")
    warning = f"{INCOMPLETE.format(why=stopped)} " if stopped else ""
    warning += f"{UNCALIBRATED} " if uncalibrated(records) else ""
    cases = scores.cases(records)
    by_direction = [f"{(cases['direction'] == d).sum()} {direction_in_words(d)}" for d in directions(records)]
    counts = {
        "adversarial excerpts": f"{len(cases)} ({', '.join(by_direction)})",
        "songs with a case": cases["song"].nunique(),
    }
    facts = [markdown.plain(f"{name}: {value}") for name, value in {**measured, **counts}.items()]
    words = SINGING if of_singing(records) else OTHERS
    warning += f"{NO_CASES.format(**words)} " if cases.empty and ATTACK in set(records["experiment"]) else ""
    question = QUESTION.format(**words)
    paragraph = f"{warning}{question} Measured on {'; '.join([*facts, _rows(records)])}."
    further = [*_missing(cases, records), *([fill(NO_ORACLE, records)] if scores.without_oracle(records) else [])]
    return " ".join([paragraph, *further])


def _missing(cases: pd.DataFrame, records: pd.DataFrame) -> list[str]:
    """State which conditions have no case, so that no score is taken for one over all of them."""
    missing = [condition.words for condition in conditions(records) if condition.select(cases).empty]
    if cases.empty or not missing:
        return []
    return [f"There is no adversarial excerpt for {'; '.join(missing)}: no score over all conditions includes it."]


def uncalibrated(records: pd.DataFrame) -> bool:
    """Return whether some known answer was not found."""
    return bool(((records["experiment"] == KNOWN_ANSWERS) & (records["metric"] == FAILED)).any())


def _rows(records: pd.DataFrame) -> str:
    references = [name in REFERENCES for name in scores.explainers(records)]
    return f"{_count(references.count(False), 'explainer')}, {_count(references.count(True), 'reference')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


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
        else:
            print(render(*run, faults=faults), end="")
    except (OSError, RecordsError) as error:
        raise SystemExit(str(error)) from error
    if faults:
        raise SystemExit("\n".join(faults))
