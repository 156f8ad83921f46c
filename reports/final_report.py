"""What is written at the end of a run, and what the terminal shows of it: from the rows that its items recorded."""

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from veracity_bench.reports import merge, report
from veracity_bench.reports.collector import not_admitted
from veracity_bench.reports.layout import markdown
from veracity_bench.reports.layout.faults import kept
from veracity_bench.reports.layout.fitting import folded, narrowed
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.tables import parts_of
from veracity_bench.reports.measurements import records
from veracity_bench.reports.measurements.categories import joined
from veracity_bench.reports.measurements.columns import FAILED
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.excerpts import Excerpt
from veracity_bench.reports.measurements.folder import beside
from veracity_bench.reports.measurements.manifest import BOARD, PAGE, PART
from veracity_bench.reports.scores import measured_cases
from veracity_bench.reports.sections import failures, overall
from veracity_bench.reports.statistics.estimates import ENOUGH
from veracity_bench.terminal import terminal_width, wrapped

FEW_SONGS = "Nothing is decided here: intervals and tests take {enough} songs or more, and this run has {songs}."
MERGE = (
    "What this part has measured is in {folder}: `veracity-bench merge PART ... --output FOLDER` makes a board of all."
)


def finish(
    config: pytest.Config,
    place: Path,
    rows: pd.DataFrame,
    started: datetime,
    incomplete: str,
    parts: Mapping[str, Path] | None = None,
) -> tuple[str, bool]:
    """Write the report of a run; return what to show of it, and whether nothing was amiss.

    ``rows`` have the schema's columns and types. ``incomplete`` is why the run is, "" for one that ran to its end;
    ``parts`` are reports of what was measured elsewhere, by group.
    """
    faults: list[str] = []
    measured = once(admitted(rows))
    if parts:
        try:
            described = merge.manifest_of([*parts.values()], [*parts])
            measured = merge.records_of(parts.values(), measured)
        except RecordsError as error:
            return f"The report cannot be made of its parts: {error}", False
        manifest = _timed(described, started, incomplete)
    else:
        manifest = _timed(_described(config, faults), started, incomplete)

    def excerpts() -> list[Excerpt]:
        if parts:
            return merge.excerpts_of(parts.values())
        places = measured_cases.places(measured)
        described = config.hook.pytest_veracity_excerpts(config=config, places=places) or []
        return [Excerpt(**fields) for fields in described]

    try:
        written = report.write(place, measured, manifest, excerpts)
    except (OSError, RecordsError) as error:
        sentence = f"The report cannot be written to {place} ({error}), so an older one stands."
        return f"{sentence} {_kept(place, measured, manifest)}", False
    faults += written.faults
    shown = (_shown_of_part if PART in manifest else _shown)(measured, faults, written.folder, terminal_width(config))
    return "\n\n".join(filter(None, shown)), not faults


def admitted(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the records; a row that breaks the schema becomes a failure, and leaves the others.

    ``rows`` have the schema's columns and types.
    """
    try:
        return records.canonical(rows)
    except RecordsError as error:
        if len(rows) == 1:
            return records.table([not_admitted(dict(rows.iloc[0]), error)])
        half = len(rows) // 2
        return records.canonical(joined([admitted(rows.iloc[:half]), admitted(rows.iloc[half:])]))


def once(measured: pd.DataFrame) -> pd.DataFrame:
    """Return the records without rows that repeat a number, the first of which, by explainer, becomes a failure."""
    again = records.repeated(measured)
    if not again.any():
        return measured
    failures = [
        not_admitted({"explainer": row["explainer"]}, RecordsError(f"{row['metric']} was recorded twice, as in {row}"))
        for row in measured[again].drop_duplicates("explainer").to_dict("records")
    ]
    return records.canonical(joined([measured[~again], records.table(failures)]))


def _described(config: pytest.Config, faults: list[str]) -> Mapping[str, Any]:
    described: Mapping[str, Any] = {}
    with kept("The manifest", faults):
        described = config.hook.pytest_veracity_manifest(config=config) or {}
    return described


def _timed(described: Mapping[str, Any], started: datetime, incomplete: str) -> dict[str, Any]:
    finished = datetime.now(UTC)
    times = {
        "started": started.isoformat(timespec="seconds"),
        "finished": finished.isoformat(timespec="seconds"),
        "seconds": round((finished - started).total_seconds(), 1),
    }
    manifest = {**described, "timing": {**described.get("timing", {}), **times}}
    return report.incomplete(manifest, incomplete) if incomplete else manifest


def _shown_of_part(measured: pd.DataFrame, faults: list[str], folder: Path, width: int | None) -> list[str]:
    return [_failed(measured, width), *faults, wrapped(MERGE.format(folder=folder), width)]


def _failed(measured: pd.DataFrame, width: int | None) -> str:
    failed = failures.listed(measured, FAILED)
    if width is None or failed == markdown.NOTHING:
        return failed.removeprefix(markdown.NOTHING)
    (table,) = parts_of(failed)
    return folded(table, width)


def _shown(measured: pd.DataFrame, faults: list[str], folder: Path, width: int | None) -> list[str]:
    table = ""
    with kept("The overall table", faults):
        table = overall.overall(Material(measured))
        if width is not None and (parts := parts_of(table)):
            table = narrowed(parts[0], width, ("failed", "flags"))
    return [table, *_caveat(measured, width), _failed(measured, width), *faults, _places(folder)]


def _caveat(measured: pd.DataFrame, width: int | None) -> list[str]:
    songs = measured_cases.cases(measured)["song"].nunique()
    return [wrapped(FEW_SONGS.format(songs=songs, enough=ENOUGH), width)] if 0 < songs < ENOUGH else []


def _places(folder: Path) -> str:
    here = Path.cwd()
    short = folder.relative_to(here) if folder.is_relative_to(here) else folder
    return f"The whole board: {short / BOARD}\nThe page to browse, with its sounds: {short / PAGE}"


def _kept(place: Path, measured: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """Keep what was measured, in the folder of the new report or else in a temporary one; return where."""
    try:
        folder = beside(place)
        if not _holds(folder, manifest):
            folder = Path(tempfile.mkdtemp(prefix="veracity-bench-"))
            records.write_run(folder, measured, manifest)
    except OSError as error:
        return f"What was measured could be kept nowhere ({error}): make room, and run again with the same cache."
    return f"What was measured is in {folder}: `veracity-bench board {folder}` renders it."


def _holds(folder: Path, manifest: Mapping[str, Any]) -> bool:
    try:
        return bool(records.read_run(folder)[1].get("timing") == manifest["timing"])
    except RecordsError:
        return False
