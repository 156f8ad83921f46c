"""What explainers find of planted segments, beside the number of excerpts and chance."""

from collections.abc import Sequence

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, label, percent
from veracity_bench.reports.measurements.rows import RANDOM
from veracity_bench.reports.scores import board_rows, measures, songs
from veracity_bench.reports.scores.songs import song_ratio


def found_rows(records: pd.DataFrame, columns: Sequence[pd.DataFrame]) -> list[list[str]]:
    """Return the rows of a table with a column for each selection of the records, in percent; none without numbers.

    First the number of excerpts, then chance, then every explainer that has a number.
    """
    if all(column.empty for column in columns):
        return []
    names = [name for name in board_rows.explainers(records) if name != RANDOM]
    rows = [
        [label(name), *(percent(measures.found_share(c[c["explainer"] == name])) for c in columns)] for name in names
    ]
    counts = [str(len(column[songs.CASE].drop_duplicates())) for column in columns]
    chances = [_chance(column, board_rows.n_segments(records)) for column in columns]
    return [["excerpts", *counts], ["chance", *chances], *(row for row in rows if set(row[1:]) != {NOTHING})]


def _chance(records: pd.DataFrame, n: int) -> str:
    """Return the percentage of these planted segments that are among as many of n drawn at random."""
    planted = records.drop_duplicates([*songs.CASE, "k"])
    chance = song_ratio(planted, planted["k"] ** 2 / n, planted["k"], 0, 1).estimate()
    return NOTHING if chance is None else f"{100 * chance.value:.3g}"
