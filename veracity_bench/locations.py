"""Where the rooms lie: beside this folder in the repository, in it where the package is installed."""

from collections.abc import Iterable
from importlib.util import find_spec
from os import PathLike, fspath
from pathlib import Path

PACKAGE = "veracity_bench"


def room(name: str) -> Path:
    """Return the folder of a room such as "benchmarks", without importing it."""
    spec = find_spec(f"{PACKAGE}.{name}")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{PACKAGE} has no room called {name!r}")
    return Path(spec.origin).parent.resolve()


def lie_in(arguments: Iterable[str | PathLike[str]], name: str, folder: Path) -> bool:
    """Return whether any argument of pytest is in a room: a path from `folder`, or a module for `--pyargs`.

    An argument may name single tests, as in `path::test`.
    """
    place, module = room(name), f"{PACKAGE}.{name}"
    for argument in arguments:
        target = fspath(argument).partition("::")[0]
        path = (folder / target).resolve()
        if target == module or target.startswith(f"{module}.") or path == place or place in path.parents:
            return True
    return False
