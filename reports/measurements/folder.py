"""The folder of a report: written beside and put in its place by a rename, so that readers find all of one report.

A report grows in `NAME-incomplete`, beside its place `NAME`, and stays there if its run was stopped or if it could not
be finished.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.manifest import FILES, MANIFEST, read_manifest, write_manifest


def beside(place: Path) -> Path:
    """Return the folder in which the report for a place grows."""
    return place.with_name(f"{place.name}-incomplete")


def obstacle(place: Path) -> str | None:
    """Return in a clause why a report cannot replace the folder at a place; None if it can, or if there is none."""
    if not place.exists():
        return None
    if not place.is_dir():
        return "is no folder"
    if place.is_mount() or place == Path.cwd():
        return "cannot be replaced as a whole, for it is a mount point or the working folder; give a folder in it"
    known = {MANIFEST, *(pattern.partition("/")[0] for pattern in FILES)}
    if others := sorted(path.name for path in place.iterdir() if path.name not in known):
        return f"holds {others[0]!r}, which is no part of a report and would be lost; give a folder of its own"
    return None


def begin(place: Path) -> Path:
    """Return the folder for a new report, empty; one that another run left there goes."""
    if not place.exists() and _aside(place).exists():
        _aside(place).rename(place)  # that run was killed between the two renames below
    new = beside(place)
    if new.exists():
        shutil.rmtree(new)
    new.mkdir(parents=True)
    return new


def put_in_place(place: Path) -> None:
    """Replace the old report by the new one; where that fails the old one stands."""
    aside = _aside(place)
    if aside.exists():
        shutil.rmtree(aside)
    if place.exists():
        place.rename(aside)
    try:
        beside(place).rename(place)
    except OSError:
        if aside.exists():
            aside.rename(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def changed(file: Path, run: Path) -> Iterator[Path]:
    """Write a file anew from a run: yields where. In the run's own report, that file of a copy takes its place whole.

    Raises RecordsError for a file in the report of another run, and for one that is no part of a report.
    """
    place = file.parent.resolve()
    if not (place / MANIFEST).is_file():
        yield file
        return
    if place != run.resolve() or file.name not in FILES:
        raise RecordsError(f"{file} would lie in a report that it is no part of; give another folder.")
    manifest = read_manifest(place)
    new = begin(place)
    shutil.copytree(place, new, dirs_exist_ok=True)
    yield new / file.name
    write_manifest(new, manifest)
    put_in_place(place)


def _aside(place: Path) -> Path:
    return place.with_name(f"{place.name}-replaced")
