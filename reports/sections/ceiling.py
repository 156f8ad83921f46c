"""How far can localisation go, where not every planted segment matters?"""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, label, percent, table
from veracity_bench.reports.measurements.rows import RANDOM, REFERENCES
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.measures import PLANTED, Measure


def ceilings(records: pd.DataFrame) -> str:
    """Set what explainers find beside chance, what matters and what can be expected, for each number of segments."""
    found = scores.with_scores(records, Measure("localisation", "found"))
    if not found:
        return NOTHING
    facts = [name for name in ("needed", "pivotal", "ceiling") if (records["metric"] == name).any()]
    asked = sorted((name for name in found if name != RANDOM), key=lambda name: name in REFERENCES)
    n = scores.n_segments(records)
    rows = [
        ["excerpts", *(str(scores.count_cases(measure.select(records))) for measure in scores.LOCALISATIONS)],
        ["chance", *(scores.chance(k, n) for k in PLANTED)],
        *([name, *_shares(records, name)] for name in facts),
        *([label(name), *_shares(found[name], "found")] for name in asked),
    ]
    return table(["planted segments", *map(str, PLANTED)], rows)


def _shares(records: pd.DataFrame, metric: str) -> list[str]:
    return [percent(Measure(metric, metric, k, points=k).estimate(records)) for k in PLANTED]
