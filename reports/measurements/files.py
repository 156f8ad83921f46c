"""Files that are written at once or not at all."""

import os
import re
from pathlib import Path


def replace(path: Path, content: bytes) -> None:
    """Write a file, or leave the old one as it is; creates the directory, and keeps a link to it.

    Raises OSError for what is no file.
    """
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder; give a file to write")
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def final_name(name: str) -> str:
    """Return for which file a temporary one was, that a kill has left; the name of any other file as it is."""
    return re.sub(r"(^|/)\.([^/]+)\.\d+$", r"\1\2", name)
