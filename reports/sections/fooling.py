"""Who is fooled? The scaffold of Slack et al. (2020): a detector that answers innocently to what looks masked."""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, decimal, label, percent, table
from veracity_bench.reports.measurements.rows import RANDOM
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.flags import FOOLED as FLAG
from veracity_bench.reports.scores.flags import raised
from veracity_bench.reports.scores.measures import FOOLED, Measure

INTRODUCTION = """\
A scaffold around the detector answers as the detector does to real excerpts, but to masked ones by whether a single \
segment, the decoy, is there; it was drawn at random (after Slack et al. 2020). **Fooled**: for how many excerpts, in \
percent, is the decoy the top segment? **Correlation**: Spearman's, of the weights with those for the detector without \
scaffold."""

CORRELATION = Measure("correlation", "fooled_correlation")


def fooling(records: pd.DataFrame) -> str:
    """Show how far each explainer follows the innocent answer."""
    groups, correlations = (scores.with_scores(records, measure) for measure in (FOOLED, CORRELATION))
    flags = raised(records)
    rows = []
    for name, group in groups.items():
        flag = FLAG.word if FLAG in flags.get(name, ()) else NOTHING
        alike = CORRELATION.estimate(correlations.get(name, group.iloc[:0]))
        rows.append(
            ["chance" if name == RANDOM else label(name), percent(FOOLED.estimate(group)), decimal(alike), flag]
        )
    rows.sort(key=lambda row: row[0] != "chance")
    return table(["explainer", "fooled", "correlation", "flag"], rows, texts=(0, 3))
