"""Bars of progress: in a terminal they move, in a log each drawing is a line, so there it comes every half a minute."""

import sys
from collections.abc import Iterable
from typing import Any

from tqdm import tqdm


def bar(what: str, items: Iterable[Any] | None = None, unit: str = "song", **more: int) -> Any:
    """Return a bar of tqdm over these items, or one that is moved by hand; ``more`` is tqdm's own."""
    return tqdm(items, desc=what, unit=unit, mininterval=0.5 if sys.stderr.isatty() else 30.0, **more)
