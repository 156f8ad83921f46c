"""How far do the planted segments that an explainer finds lie between chance and what can be expected of any?

Of k planted segments chance finds the share k / n. The ceiling is recorded: the expectation of a ranking that has
first the segments that can change the prediction at all, and the rest by chance. Where coalitions are too expensive
to know which these are, all planted segments are the ceiling.
"""

import pandas as pd

from veracity_bench.reports.scores import measures
from veracity_bench.reports.scores.board_rows import FACTS, Rows
from veracity_bench.reports.scores.songs import CASE, song_ratio
from veracity_bench.reports.statistics.song_ratio import SongRatio

KEYS = [*CASE, "k"]


def localised(rows: Rows, explainer: str) -> SongRatio:
    """Scale the shares found from chance (0) to the ceiling (1), a case and k at a time.

    Above 1 it finds even segments that cannot matter: it sees the perturbation itself, or has luck.
    """
    found = _with_ceiling(measures.FOUND.select(rows[explainer]), rows)
    chance = found["k"] / rows.n_segments
    room = found["ceiling"] / found["k"] - chance
    own = found["value"] / found["k"]
    low, high = (_end(found, ends - chance, room) for ends in (0 * own, 0 * own + 1))
    return song_ratio(found, own - chance, room, low, high, counted=True)


def _with_ceiling(found: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    facts = rows.get(FACTS, found.iloc[:0])
    ceilings = facts.loc[facts["metric"] == "ceiling", [*KEYS, "value"]].rename(columns={"value": "ceiling"})
    if ceilings.empty:
        return found.assign(ceiling=found["k"].astype(float))
    return found.merge(ceilings, on=KEYS)


def _end(found: pd.DataFrame, gain: "pd.Series[float]", room: "pd.Series[float]") -> float:
    """Return the score if each found as much: an end of its range."""
    estimate = song_ratio(found, gain, room, -float("inf"), float("inf")).estimate()
    return 0.0 if estimate is None else estimate.value
