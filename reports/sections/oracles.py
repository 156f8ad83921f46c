"""What do the oracles say of the cases, who know what each set of segments does to the prediction?"""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, fine_percent, number, percent, table
from veracity_bench.reports.measurements.rows import EXACT, ORACLE, RANDOM
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.measures import Measure
from veracity_bench.reports.sections.tables import SETTINGS, setting_title

SMALLEST = Measure("smallest set", "smallest")
SMALLEST_SETS = Measure("sets of that size", "smallest_sets")
FLIPPING = Measure("sets that flip (%)", "flipping")
NON_MONOTONE = Measure("steps that un-flip (%)", "non_monotone")


def missing(records: pd.DataFrame) -> bool:
    """Tell whether the benchmark fell back on chance alone, as it does where each coalition takes a forward pass."""
    flips = scores.with_scores(records, scores.MEAN_FLIP)
    return RANDOM in flips and flips.keys().isdisjoint((ORACLE, *EXACT))


def answers(records: pd.DataFrame) -> str:
    """Describe the sets that flip, by setting."""
    if SMALLEST.select(records).empty:
        return NOTHING
    headers = ["attack", "excerpts", SMALLEST.title, "excerpts by its size"]
    headers += [measure.title for measure in (SMALLEST_SETS, FLIPPING, NON_MONOTONE)]
    groups = {setting_title(*setting): scores.setting(records, *setting) for setting in SETTINGS}
    rows = [[title, *_answer_cells(group)] for title, group in {**groups, "all": records}.items()]
    return table(headers, rows, texts=(0, 3))


def costs(records: pd.DataFrame) -> str:
    """Say what it took to know them; "" where they are not known."""
    groups = scores.by_explainer(records)
    costs = [f"{name} {_cost(groups[name])}" for name in (ORACLE, *EXACT) if name in groups]
    return f"The value of every set of segments, per excerpt (medians): {'; '.join(costs)}." if costs else ""


def _answer_cells(records: pd.DataFrame) -> list[str]:
    sizes = SMALLEST.select(records)["value"].astype(int)
    counts = sizes.value_counts().sort_index()
    return [
        str(sizes.size),
        NOTHING if sizes.empty else f"{sizes.median():g} ({sizes.min()} to {sizes.max()})",
        ", ".join(f"{size}: {count}" for size, count in counts.items()) or NOTHING,
        number(SMALLEST_SETS.median(records), "g"),
        percent(FLIPPING.estimate(records)),
        fine_percent(NON_MONOTONE.estimate(records)),
    ]


def _cost(group: pd.DataFrame) -> str:
    queries, seconds = (measure.median(group) for measure in scores.COSTS)
    return f"{number(queries, ',.0f')} sets in {number(seconds, '.1f')} s"
