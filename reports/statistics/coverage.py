"""How often do the intervals cover the truth? ``python -m veracity_bench.reports.statistics.coverage`` measures it.

It prints the tables of `docs/statistics.md`: the percentile bootstrap over songs, as a reference, beside the intervals
of the board, on simulated songs. It takes some minutes, and prints the same numbers each time.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import inf

import numpy as np

from veracity_bench.reports.layout.markdown import table
from veracity_bench.reports.statistics.arrays import Floats
from veracity_bench.reports.statistics.jackknife import jackknife_interval
from veracity_bench.reports.statistics.simulated_songs import (
    SimulatedSongs,
    differences,
    fidelities,
    heavy_tailed_ratios,
    normalised_flips,
    shares,
)
from veracity_bench.reports.statistics.student import CONFIDENCE

BOARDS = 10_000
SONGS = (6, 16, 50)
RESAMPLES = 1000
AT_ONCE = 500  # boards, whose draws fit the memory
ROUNDING = 1e-9

Bounds = tuple[Floats, Floats]
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


def percentile_bootstrap(songs: SimulatedSongs) -> Bounds:
    """Bound ratios by the middle of the ratios of songs drawn with replacement, the same draws for all boards."""
    count = songs.totals.shape[1]
    times = np.random.default_rng(0).multinomial(count, np.full(count, 1 / count), RESAMPLES).T.astype(float)
    outside = (1 - CONFIDENCE) / 2
    parts = range(0, len(songs.totals), AT_ONCE)
    ratios = ((songs.totals[i : i + AT_ONCE] @ times) / (songs.counts[i : i + AT_ONCE] @ times) for i in parts)
    low, high = np.concatenate([np.quantile(part, [outside, 1 - outside], axis=1) for part in ratios], axis=1)
    return low, high


def jackknife(songs: SimulatedSongs) -> Bounds:
    """Bound ratios as the board does."""
    case = songs.counts.sum(axis=-1) / songs.cases
    return jackknife_interval(songs.totals, songs.counts, songs.low, songs.high, case)


def unbounded_jackknife(songs: SimulatedSongs) -> Bounds:
    """Bound ratios as the board does where it does not know their range."""
    return jackknife(replace(songs, low=-inf, high=inf))


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


def case_table() -> str:
    """Tabulate the smallest coverage of any share by how many cases the songs have."""
    rows = []
    for name, cases in (("1", (1,)), ("4", (4,)), ("1 to 10", range(1, 11))):
        for songs in SONGS:
            cells = [
                Coverage.measure(jackknife, simulate(partial(shares, share=p, likeness=icc, cases=cases), songs))
                for p in (0.01, 0.03, 0.06, 0.1, 0.2, 0.32, 0.5)
                for icc in (0, 0.15, 0.3)
            ]
            rows.append([str(songs), name, *(_percent(f(cell.both for cell in cells)) for f in (min, max))])
    return table(["songs", "cases a song", "least coverage", "most"], rows, texts=())


def other_table() -> str:
    """Tabulate the coverage of what is no share."""
    methods = (percentile_bootstrap, unbounded_jackknife, jackknife)
    headers = ["songs", "score", "bootstrap", "range unknown", "range known", "width", "unknown", "known"]
    rows = []
    for name, draw in _others():
        for songs in SONGS:
            drawn = simulate(draw, songs)
            cells = [Coverage.measure(method, drawn) for method in methods]
            numbers = [[_percent(cell.both) for cell in cells], [f"{cell.width:.2f}" for cell in cells]]
            for column in numbers if drawn.high == inf else ():
                column[2] = "-"
            rows.append([str(songs), name, *numbers[0], *numbers[1]])
    return table(headers, rows, texts=(1,))


def _others() -> Iterator[tuple[str, Draw]]:
    for share, difference, agreement in ((0.5, 0, 0.8), (0.1, 0.05, 0.8), (0.5, 0.05, 0.5), (0.3, 0.2, 0.5)):
        draw = partial(differences, share=share, difference=difference, agreement=agreement)
        yield f"{share + difference:.2g} - {share:.2g}, agreement {agreement}", draw
    for share in (0.2, 0.5, 0.8, 0.98):
        yield f"normalised flip {(share - 0.375) / 0.625:.2f}", partial(normalised_flips, share=share)
    for spread in (0.5, 1, 1.5):
        yield f"ratio, log-normal counts {spread}", partial(heavy_tailed_ratios, spread=spread)
    for mean, deviation in ((0.5, 0.1), (0.8, 0.05), (0.9, 0.1)):
        yield f"fidelity {mean}, sd {deviation}", partial(fidelities, mean=mean, deviation=deviation)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def report(tables: Sequence[Callable[[], str]] = (share_table, case_table, other_table)) -> str:
    """Return all tables, in markdown."""
    return "\n\n".join(make() for make in tables)


if __name__ == "__main__":
    print(report())
