"""Texts that depend on the number n of segments: {n}, {sets} = 2^n, and what chance finds of k planted segments.

{explained} is the class that explanations are of. {walk} and {pairs} are the coalitions along one order of the
segments, and along an order and its reverse.
"""

import pandas as pd

from veracity_bench.reports.measurements.conditions import of_singing
from veracity_bench.reports.measurements.metrics import PLANTED
from veracity_bench.reports.scores import board_rows, measures


def fill(text: str, records: pd.DataFrame) -> str:
    """Return a text for these records."""
    n = board_rows.n_segments(records)
    *others, last = chances = [measures.chance(k, n) for k in PLANTED]
    counts = {"n": n, "sets": 2**n, "walk": 2 * n + 1, "pairs": 4 * n + 2}
    explained = '"sing"' if of_singing(records) else "the class explained"
    found = {"chance": chances[0], "chances": f"{', '.join(others)} and {last}"}
    return text.format(**counts, **found, explained=explained)
