"""Columns of the overall table: one list of them serves the board, the pages of results and the page of a run."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, label
from veracity_bench.reports.measurements.columns import FAILED
from veracity_bench.reports.scores import board_rows, flags, measured_cases, normalised, songs
from veracity_bench.reports.scores.flags import Flag


@dataclass(frozen=True, eq=False)
class Row:
    """What a row is made from: the records, the normalised gains and the flags of an explainer, or of the whole run."""

    records: pd.DataFrame
    gains: pd.DataFrame
    flags: Sequence[Flag] = ()


@dataclass(frozen=True)
class Column:
    """A column: its title, the cell of an explainer, and which records of the whole run its first row counts.

    legend  how to read it, a template (`veracity_bench.reports.layout.templates`); "" where another column's covers it
    brief   whether pages of results have it, too
    text    whether it is left-aligned
    always  whether explainers without any number have a cell, too, instead of "failed" or "not applicable"
    shown   whether a run with these records has the column
    """

    title: str
    cell: Callable[[Row], str]
    count: Callable[[Row], pd.DataFrame] | None = None
    legend: str = ""
    brief: bool = False
    text: bool = False
    always: bool = False
    shown: Callable[[pd.DataFrame], bool] = lambda records: True

    def cell_of(self, row: Row, counted: bool) -> str:
        """Return the cell of an explainer; why it is empty where it has no number, or none of what others have."""
        if self.always or not measured_cases.incomplete(row.records):
            return self.cell(row)
        unmeasured = measured_cases.measured(row.records).empty
        cell = NOTHING if unmeasured else self.cell(row)
        return _why_empty(row.records) if unmeasured or (counted and cell == NOTHING) else cell

    def counted(self, whole: Row) -> str:
        """Count the excerpts behind the column, whoever explained them."""
        count = len(self.count(whole)[songs.CASE].drop_duplicates()) if self.count else 0
        return str(count) if count else NOTHING


def _why_empty(records: pd.DataFrame) -> str:
    return "failed" if (records["metric"] == FAILED).any() else "not applicable"


def cells(records: pd.DataFrame, columns: Iterable[Column]) -> tuple[list[str], dict[str, list[str]]]:
    """Return the headers, and the cells of every explainer by its name, in the order of the board.

    The first cells are those of "", the counts of excerpts; without any explainer, or any excerpt or failure that
    would give it a number, there are none.
    """
    shown = [column for column in columns if column.shown(records)]
    headers = ["explainer", *(column.title for column in shown)]
    if measured_cases.cases(records).empty and not measured_cases.incomplete(records):
        return headers, {}
    whole, raised = Row(records, normalised.gains(records)), flags.raised(records)
    counts = [column.counted(whole) for column in shown]
    found = {"": ["excerpts", *counts]}
    for name, group in board_rows.each_explainer(records):
        row = Row(group, whole.gains[whole.gains["explainer"] == name], raised.get(name, ()))
        found[name] = [label(name), *(c.cell_of(row, count != NOTHING) for c, count in zip(shown, counts, strict=True))]
    return headers, found if len(found) > 1 else {}
