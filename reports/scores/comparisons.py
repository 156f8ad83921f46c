"""Does an explainer flip more or less than what it should beat? One family of tests for each of these."""

from collections.abc import Mapping, Sequence

import pandas as pd

from veracity_bench.reports.measurements.rows import DELTA_NORM, LIME, RANDOM, REFERENCES
from veracity_bench.reports.scores import board_rows, measures
from veracity_bench.reports.scores.board_rows import Rows
from veracity_bench.reports.scores.measures import Measure
from veracity_bench.reports.scores.paired import difference
from veracity_bench.reports.scores.twins import twins
from veracity_bench.reports.scores.verdicts import Evidence, Verdict, above, verdicts

TO_BEAT = (RANDOM, DELTA_NORM, LIME)
WORDS = {Verdict.HOLDS: "below", Verdict.FAILS: "above", Verdict.UNDECIDED: "undecided"}


def versus(records: pd.DataFrame, reference: str) -> dict[str, str]:
    """State of every explainer whether its mean flip is above or below another's, or undecided; "-" where unknown."""
    rows = Rows(board_rows.with_scores(records, measures.MEAN_FLIP))
    family = {name: worse_than(reference, rows, name) for name in rows if name not in (*REFERENCES, reference)}
    return {name: WORDS.get(verdict, str(verdict)) for name, verdict in verdicts(family, twins(records)).items()}


def worse_than(reference: str, rows: Rows, explainer: str) -> Sequence[Evidence]:
    """Collect the evidence that another chooses better, over all numbers of segments and the excerpts of both."""
    best, own = (select(measures.MEAN_FLIP, rows, name) for name in (reference, explainer))
    return [above(f"mean flip of {reference} - its own (points)", difference(best, own), 0)]


def select(measure: Measure, rows: Mapping[str, pd.DataFrame], name: str) -> pd.DataFrame:
    """Take a row's records of one score; none where there is no such row."""
    return measure.select(rows[name]) if name in rows else measure.select(next(iter(rows.values()))).iloc[:0]
