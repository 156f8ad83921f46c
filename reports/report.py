"""The report of a run as one unit: records, manifest, excerpts, board, figures and page, put in place when complete.

What was measured is written first. A section, a figure or a page that cannot be rendered is a sentence, and leaves the
rest; where the disk is full, the old report stands and the new one stays beside it as far as it came.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from veracity_bench.reports import leaderboard, page
from veracity_bench.reports.layout.faults import kept
from veracity_bench.reports.layout.source import source
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.excerpts import FILE, Excerpt, read_excerpts, write_excerpts
from veracity_bench.reports.measurements.folder import begin, obstacle, put_in_place
from veracity_bench.reports.measurements.manifest import BOARD, PAGE, PART, write_manifest
from veracity_bench.reports.measurements.records import write_run

UNFINISHED = "its report was not finished"


@dataclass(frozen=True)
class Report:
    """Where a report lies now, and what could not be rendered, in sentences."""

    folder: Path
    faults: list[str]


def write(
    place: Path,
    records: pd.DataFrame,
    manifest: Mapping[str, Any],
    excerpts: Callable[[], Sequence[Excerpt]],
    *,
    silent: bool = False,
    published: bool = False,
) -> Report:
    """Write a report to its place, or, where the manifest has it as incomplete, beside it.

    That of a part of a run has neither board nor page: it is there to be merged. A page that is ``silent`` has no
    sounds, a report that is ``published`` not the file of excerpts, and it goes to its place in any case. Raises
    RecordsError where that holds something else, OSError where it cannot be written.
    """
    place = place.resolve()
    if why := obstacle(place):
        raise RecordsError(f"{place} {why}.")
    new = begin(place)
    write_run(new, records, incomplete(manifest, UNFINISHED))
    faults: list[str] = []
    shown: Sequence[Excerpt] = ()
    with kept("The excerpts", faults):
        write_excerpts(new, excerpts())
        write_manifest(new, incomplete(manifest, UNFINISHED))
        shown = read_excerpts(new)
    if PART not in manifest:
        _render(new, records, manifest, shown, faults, silent)
    if published:
        (new / FILE).unlink(missing_ok=True)
    write_manifest(new, manifest)
    if is_incomplete(manifest) and not published:
        return Report(new, faults)
    put_in_place(new, place)
    return Report(place, faults)


def _render(
    new: Path,
    records: pd.DataFrame,
    manifest: Mapping[str, Any],
    shown: Sequence[Excerpt],
    faults: list[str],
    silent: bool,
) -> None:
    board: leaderboard.Board | None = None
    named = source(new, manifest)
    with kept("The board", faults):
        board = leaderboard.write(new / BOARD, records, manifest, shown, faults, named)
    with kept("The page", faults):
        page.write(new / PAGE, records, manifest, shown, silent=silent, board=board, source=named)


def incomplete(manifest: Mapping[str, Any], why: str) -> dict[str, Any]:
    """Return the manifest of a run that is incomplete for a reason; one that it has already stays."""
    return {**manifest, "measured": {"incomplete": why, **manifest.get("measured", {})}}


def is_incomplete(manifest: Mapping[str, Any]) -> bool:
    """Return whether the run was incomplete."""
    return "incomplete" in manifest.get("measured", {})
