"""Where do an explainer's flips lie between chance and the best that any choice of segments could do?

The normalised flip is the sum of (flip - random's flip) / the sum of (oracle's flip - random's flip), both over the
same cases and k: 0 = no better than segments drawn at random, 1 = as good as the oracle, below 0 = worse than chance.
"""

from math import inf

import pandas as pd

from veracity_bench.reports.measurements.rows import ORACLE, RANDOM
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.measures import Measure
from veracity_bench.reports.scores.songs import song_ratio
from veracity_bench.reports.statistics.estimates import Estimate


def gains(records: pd.DataFrame, measure: Measure = scores.MEAN_FLIP) -> pd.DataFrame:
    """Take the flips that have both bounds: the ``gain`` of each over chance, and the oracle's, the ``room`` for it."""
    keys = [*scores.CASE, "k"]
    flips = measure.select(records)[["explainer", "samples", *keys, "value"]]
    bounds = scores.MEAN_FLIP.select(records)
    for name in (ORACLE, RANDOM):
        bound = bounds.loc[bounds["explainer"] == name, [*keys, "value"]]
        flips = flips.merge(bound.rename(columns={"value": name}), on=keys)
    return flips.assign(gain=flips["value"] - flips[RANDOM], room=flips[ORACLE] - flips[RANDOM])


def estimate(gains: pd.DataFrame) -> Estimate | None:
    """Compute the normalised flip with its interval over songs; None where the oracle has no room above chance."""
    of_bounds = gains["explainer"].isin([ORACLE, RANDOM]).all()  # 1 and 0 by definition, not by chance
    never = song_ratio(gains, -gains[RANDOM], gains["room"], -inf, 0).estimate()  # of never flipping
    low = min(-1.0, never.value) if never else -1.0
    return song_ratio(gains, gains["gain"], gains["room"], low, 1, not of_bounds).estimate()
