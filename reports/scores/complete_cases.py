"""The explainers that compete, and on which cases: the flips that ranks and tests are computed from.

Only cases that all have explained can be compared. Explainers that failed on some excerpt do not compete, for the
others would have to do without it; references that know more than explainers can, or nothing, do not compete either.
Chance and the size of the perturbation take part as what is to beat.
"""

import pandas as pd

from veracity_bench.reports.measurements.rows import DELTA_NORM, RANDOM, REFERENCES
from veracity_bench.reports.scores import measures as scores

TO_BEAT = (RANDOM, DELTA_NORM)


def flips_by_case(records: pd.DataFrame) -> pd.DataFrame:
    """Tabulate the mean flip of every case (rows) for all that take part (columns, in the order of the board).

    The cases are those that all of them explained, indexed by attack, direction, song and case.
    """
    flips = scores.MEAN_FLIP.select(records)
    failed = set(
        records.loc[(records["metric"] == "failed") & records["experiment"].isin(flips["experiment"]), "explainer"]
    )
    known = scores.with_scores(records, scores.MEAN_FLIP)
    names = [name for name in known if name in TO_BEAT or not (name in REFERENCES or name in failed)]
    table = flips.pivot_table("value", scores.CASE, "explainer", aggfunc="mean")
    return table.reindex(columns=names).dropna()


def contenders(flips: pd.DataFrame) -> list[str]:
    """Return the explainers that compete."""
    return [str(name) for name in flips if name not in REFERENCES]
