"""Temporary folders: one that cannot be written, as on a full disk, is a sentence that names it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from veracity_bench.errors import UserError


class TemporaryFolderError(UserError):
    """The folder of temporary files cannot be written to."""


@contextmanager
def temporary_errors() -> Iterator[None]:
    """Raise TemporaryFolderError where the system refuses what is done with temporary files."""
    try:
        yield
    except OSError as error:
        why = f"cannot be written to ({error.strerror or error}); make room, or name another folder by TMPDIR"
        raise TemporaryFolderError(f"{tempfile.gettempdir()}, the folder of temporary files, {why}") from error


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield an empty folder, removed at the end; raises TemporaryFolderError where it cannot be made."""
    with temporary_errors():
        folder = tempfile.TemporaryDirectory(prefix="veracity-bench-")
    with folder as name:
        yield Path(name)
