"""How often do the intervals cover the truth? ``python -m veracity_bench.reports.coverage`` measures it.

It prints the tables of `docs/statistics.md`: the percentile bootstrap over songs, as a reference, beside the intervals
of the board, on simulated songs. It takes some minutes, and prints the same numbers each time.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from math import inf

import numpy as np

from veracity_bench.reports.coverage.other_intervals import (
    Bounds,
    expanded_bootstrap,
    korn_graubard,
    percentile_bootstrap,
    wilson,
)
from veracity_bench.reports.coverage.simulated_songs import (
    SimulatedSongs,
    continuous,
    differences,
    heavy_tailed_ratios,
    normalised_flips,
    shares,
)
from veracity_bench.reports.layout.markdown import NOTHING, table
from veracity_bench.reports.statistics.jackknife import jackknife_interval

BOARDS = 10_000
SONGS = (6, 16, 50)
ROUNDING = 1e-9

Method = Callable[[SimulatedSongs], Bounds]
Draw = Callable[[np.random.Generator, tuple[int, int]], SimulatedSongs]


@dataclass(frozen=True)
class Coverage:
    """Which share of the boards is covered, by the lower bound, by the upper one, by both, and the mean width."""

    lower: float
    upper: float
    both: float
    width: float

    @classmethod
    def measure(cls, method: Method, songs: SimulatedSongs) -> "Coverage":
        """Count the boards whose interval holds the truth."""
        low, high = method(songs)
        lower, upper = low <= songs.truth + ROUNDING, high >= songs.truth - ROUNDING
        return cls(*(float(np.mean(values)) for values in (lower, upper, lower & upper, high - low)))


def jackknife(songs: SimulatedSongs) -> Bounds:
    """Bound ratios as the board does where songs may agree by chance."""
    case = songs.counts.sum(axis=-1) / songs.cases
    return jackknife_interval(songs.totals, songs.counts, songs.low, songs.high, case)


def plain_jackknife(songs: SimulatedSongs) -> Bounds:
    """Bound ratios as the board does where values vary continuously."""
    return jackknife_interval(songs.totals, songs.counts, songs.low, songs.high, None)


def simulate(draw: Draw, songs: int, boards: int | None = None) -> SimulatedSongs:
    """Draw boards of so many songs, the same ones each time."""
    return draw(np.random.default_rng(songs), (boards or BOARDS, songs))


def share_table() -> str:
    """Tabulate the coverage of shares, by how alike the cases of a song are."""
    rows = []
    for songs in SONGS:
        for share in (0.01, 0.03, 0.1, 0.32, 0.5, 0.68, 0.9, 0.97):
            drawn = [simulate(partial(shares, share=share, likeness=icc), songs) for icc in (0, 0.15, 0.3)]
            before, after = ([Coverage.measure(m, s) for s in drawn] for m in (percentile_bootstrap, jackknife))
            sides = f"{_percent(after[1].lower)} / {_percent(after[1].upper)}"
            covered = [" / ".join(_percent(cell.both) for cell in cells) for cells in (before, after)]
            rows.append(
                [str(songs), f"{share:.2f}", *covered, sides, f"{before[1].width:.2f}", f"{after[1].width:.2f}"]
            )
    headers = ["songs", "true share", "bootstrap", "board", "board, lower / upper bound", "width", "width, board"]
    return table(headers, rows, texts=())


def method_table() -> str:
    """Tabulate the least coverage of any share, and the mean width, by method."""
    methods = {
        "percentile bootstrap": percentile_bootstrap,
        "expanded percentile bootstrap": expanded_bootstrap,
        "Student's t, no further case": plain_jackknife,
        "Wilson, effective cases": wilson,
        "Korn and Graubard": korn_graubard,
        "board": jackknife,
    }
    rows = []
    for songs in SONGS:
        few, many = (list(_simulated_shares(songs, range(1, most + 1))) for most in (4, 10))
        for name, method in methods.items():
            cells = [[Coverage.measure(method, drawn) for drawn in boards] for boards in (few, many)]
            least = [_percent(min(cell.both for cell in part)) for part in cells]
            rows.append([str(songs), name, *least, f"{np.mean([cell.width for cell in cells[0]]):.2f}"])
    return table(["songs", "method", "least, 1 to 4 cases", "least, 1 to 10", "width"], rows, texts=(1,))


def case_table() -> str:
    """Tabulate the least and the largest coverage of any share by how many cases the songs have."""
    rows = []
    for name, cases in (("1", (1,)), ("1 to 4", (1, 2, 3, 4)), ("4", (4,)), ("1 to 10", range(1, 11))):
        for songs in SONGS:
            covered = [Coverage.measure(jackknife, drawn).both for drawn in _simulated_shares(songs, cases)]
            rows.append([str(songs), name, _percent(min(covered)), _percent(max(covered))])
    return table(["songs", "cases a song", "least coverage", "most"], rows, texts=())


def other_table() -> str:
    """Tabulate the coverage of what is no share."""
    headers = ["songs", "score", "bootstrap", "no further case", "further case", "width", "no further", "further"]
    rows = []
    for name, draw in _others():
        for songs in SONGS:
            drawn = simulate(draw, songs)
            methods = (percentile_bootstrap, plain_jackknife, *((jackknife,) if drawn.high < inf else ()))
            cells = [Coverage.measure(method, drawn) for method in methods]
            none = [NOTHING] * (3 - len(cells))
            numbers = [[_percent(cell.both) for cell in cells], [f"{cell.width:.2f}" for cell in cells]]
            rows.append([str(songs), name, *numbers[0], *none, *numbers[1], *none])
    return table(headers, rows, texts=(1,))


def _simulated_shares(songs: int, cases: Sequence[int]) -> Iterator[SimulatedSongs]:
    for share, likeness in product((0.01, 0.03, 0.06, 0.1, 0.2, 0.32, 0.5), (0, 0.15, 0.3)):
        yield simulate(partial(shares, share=share, likeness=likeness, cases=cases), songs)


def _others() -> Iterator[tuple[str, Draw]]:
    for share, difference, agreement in ((0.5, 0, 0.8), (0.1, 0.05, 0.8), (0.5, 0.05, 0.5), (0.3, 0.2, 0.5)):
        draw = partial(differences, share=share, difference=difference, agreement=agreement)
        yield f"{share + difference:.2g} - {share:.2g}, agreement {agreement}", draw
    for share in (0.2, 0.5, 0.8, 0.98):
        yield f"normalised flip {(share - 0.375) / 0.625:.2f}", partial(normalised_flips, share=share)
    for spread in (0.5, 1, 1.5):
        yield f"ratio, log-normal counts {spread}", partial(heavy_tailed_ratios, spread=spread)
    for mean, deviation in ((0.65, 0.2), (0.5, 0.1), (0.8, 0.05), (0.9, 0.1)):
        yield f"continuous, {mean}, sd {deviation}", partial(continuous, mean=mean, deviation=deviation)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def report(tables: Sequence[Callable[[], str]] = (share_table, method_table, case_table, other_table)) -> str:
    """Return all tables, in markdown."""
    return "\n\n".join(make() for make in tables)
