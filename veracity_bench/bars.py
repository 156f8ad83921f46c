"""How often bars of progress are drawn: in a log each time is a line."""

import sys


def interval() -> float:
    """Return the seconds between two drawings of a bar of tqdm, for its `mininterval`."""
    return 0.5 if sys.stderr.isatty() else 30.0
