"""The manifest of a run: what it was about, and the digests that bind the files of its report together.

Every reader of a file of the report checks them first, so that a damaged file, or files of two runs, are refused and
never rendered. The manifest's own digest is among them.
"""

import hashlib
import json
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from veracity_bench.processors import PROCESSOR
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.files import replace

MANIFEST = "manifest.json"
DIGESTS = "digests"
PART = "part"  # what a part of a run has measured, see `veracity_bench.reports.merge`
BOARD, PAGE = "leaderboard.md", "leaderboard.html"
FILES = ("records.parquet", "excerpts.npz", BOARD, PAGE, "figures/*.svg", "figures/*.png")
# What readers rely on: mappings by their entries, "*" for all that are not named; [x] is any number of x.
SHAPES: dict[str, Any] = {
    "title": str,
    "measured": {"segments": str},
    "options": {"updates": int},
    "explainers": {"*": {"*": str}},
    "corpus": {"key": str},
    "detector": {"valid": {"error": float | int | None}, "test": {"error": float | int | None}},
    "definitions": {},
    "versions": {},
    PROCESSOR: {"*": str},
    "timing": {"started": str, "finished": str, "seconds": float | int},
    PART: {"groups": [str], "of": [str], "left out": (int, int, int)},
}


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest of the report in a folder, with the digests of its files as they are now."""
    facts = json.loads(json.dumps({**manifest, DIGESTS: {}}, default=str))
    paths = sorted(path for pattern in FILES for path in folder.glob(pattern))
    facts[DIGESTS] = {path.relative_to(folder).as_posix(): digest_of(path) for path in paths}
    facts[DIGESTS][MANIFEST] = _own_digest(facts)
    text = json.dumps(facts, indent=2, ensure_ascii=False)
    replace(folder / MANIFEST, f"{text}\n".encode(errors="backslashreplace"))


def error_of(manifest: Mapping[str, Any]) -> float | None:
    """Return the share of the test frames in which the detector errs; None where it was not scored."""
    error: float | None = manifest.get("detector", {}).get("test", {}).get("error")
    return error


def read_manifest(folder: Path, *files: str) -> dict[str, Any]:
    """Read the manifest of a report without its digests, and check these files of it, by default all.

    Raises RecordsError for a manifest that cannot be read, and for a file that is not the one it was written with.
    """
    manifest = _parsed(folder / MANIFEST)
    digests = manifest.get(DIGESTS)
    if not isinstance(digests, dict) or MANIFEST not in digests:
        raise RecordsError(
            f"The manifest at {folder / MANIFEST} holds no digests to check the report by, so another version wrote "
            f"it: measure again."
        )
    if digests[MANIFEST] != _own_digest(manifest):
        raise _mixed(folder, MANIFEST)
    for name in files or digests.keys() - {MANIFEST}:
        if not is_file_of_a_report(name) or digests.get(name) != _digest_or_none(folder / name):
            raise _mixed(folder, name)
    del manifest[DIGESTS]
    _check(folder / MANIFEST, manifest, SHAPES)
    return manifest


def holds(folder: Path, name: str) -> bool:
    """Return whether the manifest of a report names this file of it; raises RecordsError where it is unreadable."""
    return name in _named(folder)


def named_files(folder: Path) -> frozenset[str]:
    """Return the files that the manifest of the report in a folder names, its own included; none without a report."""
    try:
        return _named(folder)
    except RecordsError:
        return frozenset()


def _named(folder: Path) -> frozenset[str]:
    digests = _parsed(folder / MANIFEST).get(DIGESTS)
    return frozenset(digests) if isinstance(digests, dict) else frozenset()


def _mixed(folder: Path, name: str) -> RecordsError:
    return RecordsError(
        f"The report at {folder} is damaged or mixed: its {name} is missing or not the one that its manifest was "
        f"written with; take the whole folder from where it came, or measure again."
    )


def is_file_of_a_report(name: str) -> bool:
    """Return whether a report may hold a file of this name, relative to its folder; its manifest is not counted."""
    named = (pattern for pattern in FILES if pattern.count("/") == name.count("/"))
    return ".." not in name and any(fnmatchcase(name, pattern) for pattern in named)


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _digest_or_none(file: Path) -> str | None:
    """Return the digest of a file's content, None for what is no file or cannot be read."""
    try:
        return digest_of(file) if file.is_file() else None
    except OSError:
        return None


def _own_digest(manifest: Mapping[str, Any]) -> str:
    """Return the digest of all else that the manifest holds, the other files' digests included."""
    others = {name: digest for name, digest in manifest[DIGESTS].items() if name != MANIFEST}
    return hashlib.sha256(json.dumps({**manifest, DIGESTS: others}, sort_keys=True).encode()).hexdigest()


def _parsed(file: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(file.read_bytes())
    except FileNotFoundError as error:
        raise RecordsError(f"There is no manifest at {file}.") from error
    except (OSError, ValueError, RecursionError) as error:
        raise RecordsError(f"The manifest at {file} is unreadable: {error}.") from error
    if not isinstance(manifest, dict):
        raise RecordsError(f"The manifest at {file} is not a JSON object.")
    return manifest


def _check(file: Path, value: Any, shape: Any, place: str = "") -> None:
    """Raise RecordsError where a manifest, which may come from anywhere, is not what readers rely on."""
    if isinstance(shape, dict) and isinstance(value, dict):
        for name, entry in value.items():
            if (inner := shape.get(name, shape.get("*"))) is not None:
                _check(file, entry, inner, f"{place}.{name}" if place else name)
    elif not _fits(value, shape):
        raise RecordsError(f"The manifest at {file} has something else than it should under {place!r}.")


def _fits(value: Any, shape: Any) -> bool:
    if isinstance(shape, list):
        return isinstance(value, list) and all(isinstance(one, shape[0]) for one in value)
    if isinstance(shape, tuple):
        return isinstance(value, list) and len(value) == len(shape) and all(map(isinstance, value, shape))
    return isinstance(value, dict if isinstance(shape, dict) else shape)
