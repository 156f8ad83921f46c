"""How far can localisation go, where not every planted segment matters?"""

import pandas as pd

from reports import scores
from reports.markdown import percent, table
from reports.records import SEGMENTS
from reports.references import REFERENCES
from reports.scores import PLANTED, Measure


def ceilings(records: pd.DataFrame) -> str:
    """Set what explainers find beside chance, what matters and what can be expected, for each number of segments."""
    rows = [
        ["excerpts", *(str(scores.count_cases(measure.select(records))) for measure in scores.LOCALISATIONS)],
        ["chance", *(str(100 * k // SEGMENTS) for k in PLANTED)],
        ["needed", *_shares(records, "needed")],
        ["pivotal", *_shares(records, "pivotal")],
        ["ceiling", *_shares(records, "ceiling")],
    ]
    explainers = scores.with_scores(records, Measure("localisation", "found"))
    rows += [[name, *_shares(group, "found")] for name, group in explainers.items() if name not in REFERENCES]
    return table(["planted segments", *map(str, PLANTED)], rows)


def _shares(records: pd.DataFrame, metric: str) -> list[str]:
    return [percent(Measure(metric, metric, k, points=k).estimate(records)) for k in PLANTED]
