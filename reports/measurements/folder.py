"""The folder of a report: written beside and put in its place by a rename, so that readers find all of one report.

A report grows in `NAME-incomplete`, beside its place `NAME`, and stays there if its run was stopped or if it could not
be finished. Nothing but a report is ever replaced, and no report that the new one is made from.
"""

import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.files import final_name
from veracity_bench.reports.measurements.manifest import (
    MANIFEST,
    is_file_of_a_report,
    named_files,
    read_manifest,
    write_manifest,
)


def beside(place: Path) -> Path:
    """Return the folder in which the report for a place grows."""
    return place.with_name(f"{place.name}-incomplete")


def obstacle(place: Path) -> str | None:
    """Return in a clause why a report cannot take a place; None if it can."""
    if place.exists() and not place.is_dir():
        return "is no folder"
    if around := next((folder for folder in place.resolve().parents if named_files(folder)), None):
        return f"lies in the report at {around}, which it is no part of; give a folder elsewhere"
    if not place.exists():
        return _of_siblings(place)
    if place.is_mount() or place == Path.cwd():
        return "cannot be replaced as a whole, for it is a mount point or the working folder; give a folder in it"
    if other := _foreign(place, named_files(place)):
        return f"holds {other!r}, which is no part of a report and would be lost; give a folder of its own"
    return _of_siblings(place)


def check_spares(place: Path, runs: Iterable[Path]) -> None:
    """Raise RecordsError where the report that these runs are made into would replace one of them, or a stopped run."""
    place = place.resolve()
    for run in runs:
        if run.resolve() in (place, beside(place), _aside(place)):
            raise RecordsError(f"The report would replace {run}, which it is made from; give another folder.")
    if (beside(place) / MANIFEST).is_file():
        raise RecordsError(f"{beside(place)} holds a run that was stopped and would be lost; move or remove it.")


def begin(place: Path) -> Path:
    """Return the folder for a new report, empty; one that another run left there goes."""
    if not place.exists() and _aside(place).exists():
        _aside(place).rename(place)  # that run was killed between the two renames below
    new = beside(place)
    if new.exists():
        shutil.rmtree(new)
    new.mkdir(parents=True)
    return new


def put_in_place(new: Path, place: Path) -> None:
    """Replace the old report by the new one; where that fails the old one stands."""
    aside = _aside(place)
    if aside.exists():
        shutil.rmtree(aside)
    if place.exists():
        place.rename(aside)
    try:
        new.rename(place)
    except OSError:
        if aside.exists():
            aside.rename(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def check_outside(folder: Path) -> None:
    """Raise RecordsError for the folder of a report or in one, where nothing else may be written."""
    own = folder.resolve()
    if named_files(own) or named_files(own.parent):
        raise RecordsError(f"{folder} belongs to a report that this is no part of; give another folder.")


@contextmanager
def changed(file: Path, run: Path, name: str) -> Iterator[Path]:
    """Write a file anew from a run: yields where. In the run's own report, its file of that name is replaced whole.

    Raises RecordsError for any other file in a report, and where the folder for the new copy cannot be made.
    """
    place = file.parent.resolve()
    if place != run.resolve() or file.name != name:
        check_outside(file.parent)
        yield file
        return
    if why := _of_siblings(place):
        raise RecordsError(f"{place} {why}.")
    manifest = read_manifest(place)
    with tempfile.TemporaryDirectory(prefix=f"{place.name}-", dir=place.parent) as folder:
        new = shutil.copytree(place, Path(folder) / place.name, symlinks=True)
        yield new / name
        write_manifest(new, manifest)
        put_in_place(new, place)


def _aside(place: Path) -> Path:
    return place.with_name(f"{place.name}-replaced")


def _of_siblings(place: Path) -> str | None:
    for sibling in (beside(place), _aside(place)):
        other = _foreign(sibling) if sibling.is_dir() else "a file" if sibling.exists() else None
        if other:
            return f"is written by way of {sibling}, where {other!r} would be lost; move that elsewhere"
    return None


def _foreign(folder: Path, names: Collection[str] = ()) -> str | None:
    """Return a file in a folder that is no part of a report, or none of these where there are names; else None."""
    for path in folder.rglob("*"):
        name = final_name(path.relative_to(folder).as_posix())
        is_part = name in names if names else name == MANIFEST or is_file_of_a_report(name)
        if not is_part and (path.is_symlink() or not path.is_dir()):
            return name
    return None
