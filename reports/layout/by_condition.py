"""One score per attack and direction, beside what the paper reports of it."""

from collections.abc import Mapping

import pandas as pd

from veracity_bench.reports.layout.markdown import label, percent, table
from veracity_bench.reports.layout.paper_rows import share, with_paper
from veracity_bench.reports.measurements.conditions import Condition, conditions, of_singing
from veracity_bench.reports.scores import board_rows
from veracity_bench.reports.scores.measures import Measure


def by_condition(records: pd.DataFrame, measure: Measure, paper: Mapping[Condition, float]) -> str:
    """Show one score of every explainer per condition, and what the paper reports of it for LIME, in percent."""
    known = conditions(records)
    rows = [
        [label(name), *(percent(measure.estimate(condition.select(group))) for condition in known)]
        for name, group in board_rows.with_scores(records, measure).items()
    ]
    if of_singing(records):
        rows = with_paper(rows, [share(paper[condition]) for condition in known], board_rows.n_segments(records))
    return table(["explainer", *(condition.words for condition in known)], rows)
