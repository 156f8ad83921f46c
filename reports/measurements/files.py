"""Files that are written at once or not at all."""

import os
from pathlib import Path


def replace(path: Path, content: bytes) -> None:
    """Write a file, or leave the old one as it is; creates the directory."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
