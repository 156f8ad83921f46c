"""What was measured as people read it: a row per stage, and how it grows from the fewest to the most songs."""

from collections.abc import Mapping
from math import log

from tabulate import tabulate

from veracity_bench.benchmarks.growth.child import Measured

NOTHING = "-"


def render(found: Mapping[int, Mapping[str, Measured]]) -> str:
    """Return a table in markdown: by how many times the songs, and by stage."""
    headers = ["stage", *(f"{what}, {times} x" for what in ("seconds", "MB") for times in found), "seconds grow like"]
    stages = list(next(iter(found.values())))
    rows = [_row(name, {times: of_times[name] for times, of_times in found.items()}) for name in stages]
    alignment = ("left", *["right"] * (len(headers) - 1))
    return tabulate(rows, headers, "pipe", disable_numparse=True, colalign=alignment) + "\n"


def _row(name: str, stage: Mapping[int, Measured]) -> list[str]:
    seconds = [NOTHING if one.seconds is None else f"{one.seconds:.3g}" for one in stage.values()]
    memory = [NOTHING if one.peak is None else f"{one.peak / 1e6:,.0f}" for one in stage.values()]
    return [name, *seconds, *memory, growth({times: one.seconds for times, one in stage.items()})]


def growth(seconds: Mapping[int, float | None]) -> str:
    """Return the power of n by which the seconds grow between the last two numbers of songs that are known."""
    known = [(times, value) for times, value in seconds.items() if value]
    if len(known) < 2:
        return NOTHING
    (fewer, before), (more, after) = known[-2:]
    return f"n^{log(after / before) / log(more / fewer):.1f}"
