"""What changed from one board to another, explainer by explainer and on the same cases?

``veracity-bench compare OLD NEW`` prints it. Boards that do not measure the same thing are refused.
Seconds do not count: they are another number in every run.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from veracity_bench.reports.compare.processors import processors
from veracity_bench.reports.layout.markdown import NOTHING, label, plain, signed, table
from veracity_bench.reports.measurements.columns import FAILED
from veracity_bench.reports.scores import board_rows, measured_cases, measures, songs
from veracity_bench.reports.scores.measures import Measure
from veracity_bench.reports.scores.paired import KEYS
from veracity_bench.reports.scores.songs import song_ratio
from veracity_bench.reports.sections.localisation_alternatives import CONFINED_FOUND, ORACLE_FOUND
from veracity_bench.reports.sections.stability import OVERLAP
from veracity_bench.reports.statistics.estimates import ENOUGH, Estimate

Run = tuple[pd.DataFrame, Mapping[str, Any]]  # records, manifest

PLACE = ["explainer", "experiment", "attack", "direction", "song"]
SAME = 1e-9  # two machines may round differently
COMPARED = (
    measures.MEAN_FLIP,
    measures.FLIP_AT_3,
    measures.FLIP_POSITIVE,
    *measures.LOCALISATIONS,
    measures.FIDELITY,
    measures.QUERIES,
    measures.TOUCHED,
    measures.FIDELITY_OF_DRAWINGS,
    ORACLE_FOUND,
    *CONFINED_FOUND,
    OVERLAP,
    measures.RANDOMISED,
    measures.SWAPPED,
    measures.REVERSED,
    measures.FOOLED,
)

INTRODUCTION = f"""\
Scores whose numbers changed, over the cases that both boards have them for; each with the change and its 95 % \
interval over songs; shares are from 0 to 1, queries are counted. **sure**: the interval excludes 0, and {ENOUGH} \
songs or more stand behind it."""


@dataclass(frozen=True)
class Change:
    """What became of one explainer's score, over the cases that both boards have it for."""

    explainer: str
    measure: Measure
    old: float
    new: float
    difference: Estimate
    cases: int

    @property
    def direction(self) -> int:
        """Return 1 or -1 where it is sure that the score went up or down, else 0."""
        return self.difference.side(0)


def changes(old: pd.DataFrame, new: pd.DataFrame, compared: Sequence[Measure] = COMPARED) -> Iterator[Change]:
    """Find what changed, in the order of the new board."""
    order = board_rows.explainers(new)
    for measure in compared:
        keys = ["explainer", *KEYS]
        sides = [measure.select(records)[[*keys, "value"]] for records in (old, new)]
        both = sides[0].merge(sides[1], on=keys, suffixes=("_old", "_new"))
        groups = dict(iter(both.groupby("explainer")))
        for name in order:
            if name in groups and (change := _change(name, measure, groups[name])):
                yield change


def _change(explainer: str, measure: Measure, both: pd.DataFrame) -> Change | None:
    gaps = both["value_new"] - both["value_old"]
    if (gaps.abs() <= SAME).all():
        return None
    points = both["k"] if measure == ORACLE_FOUND else pd.Series(measure.points, both.index)
    low, high = measure.ends(int(both["k"].max()))
    difference = song_ratio(both, gaps, points, low - high, high - low, measure.counted).estimate()
    sides = [song_ratio(both, both[f"value_{side}"], points, low, high).estimate() for side in ("old", "new")]
    if difference is None or None in sides:
        return None
    old, new = (side.value for side in sides if side)
    return Change(explainer, measure, old, new, difference, len(both[songs.CASE].drop_duplicates()))


def lost(
    old: pd.DataFrame, new: pd.DataFrame, compared: Sequence[Measure] = COMPARED
) -> Iterator[tuple[str, Measure, int]]:
    """Find which scores the new board has on fewer cases: explainer on both boards, score, number of those cases."""
    keys, both = ["explainer", *songs.CASE], board_rows.explainers(new)
    for measure in compared:
        before, now = (measure.select(records)[keys].drop_duplicates() for records in (old, new))
        marked = before.merge(now, on=keys, how="left", indicator=True)
        counts = marked.loc[marked["_merge"] == "left_only", "explainer"].value_counts()
        yield from ((name, measure, int(counts[name])) for name in both if counts.get(name, 0))


def report(old: Run, new: Run, heading: str = "##") -> str:
    """Describe what changed, in markdown, under headings of this level."""
    found = list(changes(old[0], new[0]))
    parts = [f"{INTRODUCTION}\n\n{_table(found)}" if found else "No score changed."]
    names = [set(board_rows.explainers(records)) for records, _ in (old, new)]
    for title, only in (("Only on the old board", names[0] - names[1]), ("Only on the new board", names[1] - names[0])):
        parts += [f"{title}: {', '.join(map(label, sorted(only)))}."] if only else []
    fewer = [[label(name), measure.title, str(cases)] for name, measure, cases in lost(old[0], new[0])]
    listed = table(["explainer", "score", "cases"], fewer, texts=(0, 1))
    parts += [f"{heading} No longer measured\n\n{listed}"] if fewer else []
    failures = failing_anew(old[0], new[0])
    parts += [] if failures.empty else [f"{heading} Fails where it did not\n\n{_failures(failures)}"]
    return "\n\n".join(filter(None, [processors(old[1], new[1]), *parts])) + "\n"


def worse(old: Run, new: Run) -> bool:
    """Return whether any explainer surely lost mean flip, has it on fewer cases, or fails where it did not."""
    flips = (old[0], new[0], [measures.MEAN_FLIP])
    sank = any(change.direction < 0 for change in changes(*flips))
    return sank or any(lost(*flips)) or not failing_anew(old[0], new[0]).empty


def failing_anew(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Return the new failures of items that the old board has numbers of, on cases where it has no failure."""
    failures = new[(new["metric"] == FAILED) & (new["explainer"] != "")]
    before = old.loc[old["metric"] == FAILED, [*PLACE, "case"]].drop_duplicates()
    worked = measured_cases.measured(old)[PLACE].drop_duplicates()
    marked = failures.merge(worked, on=PLACE).merge(before, on=[*PLACE, "case"], how="left", indicator=True)
    return marked[marked["_merge"] == "left_only"].drop(columns="_merge")


def _table(found: list[Change]) -> str:
    headers = ["explainer", "score", "old", "new", "change", "cases", "sure"]
    return table(headers, list(map(_cells, found)), texts=(0, 1, 6))


def _cells(change: Change) -> list[str]:
    sides = [f"{side:.3g}" for side in (change.old, change.new)]
    sure = {1: "up", 0: NOTHING, -1: "down"}[change.direction]
    name = label(change.explainer)
    return [name, change.measure.title, *sides, signed(change.difference), str(change.cases), sure]


def _failures(failures: pd.DataFrame) -> str:
    counts = failures.groupby(["explainer", "experiment", "reason"], as_index=False).size()
    rows = [[plain(str(cell)) for cell in row] for row in counts.itertuples(index=False, name=None)]
    return table(["explainer", "experiment", "reason", "times"], rows, texts=(0, 1, 2))
