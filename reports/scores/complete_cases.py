"""The explainers that compete, and on which cases: the flips that ranks and tests of pairs are computed from.

Only cases that all have explained can be compared. Explainers that failed on some excerpt do not compete, for the
others would have to do without it; references that know more than explainers can, or nothing, do not compete either.
"""

import pandas as pd

from veracity_bench.reports.measurements.rows import REFERENCES
from veracity_bench.reports.scores import board_rows, measured_cases, measures, songs
from veracity_bench.reports.scores.songs import condition_weights


def flips_by_case(records: pd.DataFrame) -> pd.DataFrame:
    """Tabulate the mean flip of every case (rows) for all that compete (columns, in the order of the board).

    The cases are those that all of them explained, indexed by attack, direction, song and case.
    """
    flips = measures.MEAN_FLIP.select(records)
    lacking = measured_cases.incomplete(records[records["experiment"].isin(flips["experiment"])])
    known = board_rows.with_scores(records, measures.MEAN_FLIP)
    names = [name for name in known if not (name in REFERENCES or name in lacking)]
    table = flips.pivot_table("value", songs.CASE, "explainer", aggfunc="mean")
    return table.reindex(columns=names).dropna()


def weighed(flips: pd.DataFrame) -> pd.DataFrame:
    """Multiply the flips of every case by its weight, so that their means weigh conditions alike."""
    return flips.mul(condition_weights(flips.index.to_frame(index=False)), axis=0)
