"""When and for how long it ran, and what the exact references cost."""

import pandas as pd

from veracity_bench.reports.layout.facts import facts
from veracity_bench.reports.layout.markdown import joined, number
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.rows import EXACT, ORACLE
from veracity_bench.reports.scores import board_rows, measures


def timing(material: Material) -> str:
    """Show the times of the manifest, and the costs of the values of all sets where these are known."""
    parts = [facts(material.manifest.get("timing", {})), costs(material.records)]
    return joined(parts)


def costs(records: pd.DataFrame) -> str:
    """Return what it took to know the values of all sets, in a sentence; "" where they are not known."""
    names = [name for name in (ORACLE, *EXACT) if name in board_rows.explainers(records)]
    costs = [f"{name} {_cost(records[records['explainer'] == name])}" for name in names]
    return f"The value of every set of segments, per excerpt (medians): {'; '.join(costs)}." if costs else ""


def _cost(group: pd.DataFrame) -> str:
    queries, seconds = (measure.median(group) for measure in (measures.QUERIES, measures.SECONDS))
    return f"{number(queries, ',.0f')} sets in {number(seconds, '.1f')} s"


SECTION = Section("Timing", "", timing)
