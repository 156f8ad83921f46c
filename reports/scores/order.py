"""Do two runs put the explainers in the same order? Spearman's correlation of their mean flips.

It is over the explainers that both runs have, references left out, with an interval over the songs of both: a song that
both have is drawn for both. Every draw adds noise to either order, so that the interval reaches further down than up.
"""

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from veracity_bench.reports.measurements.rows import REFERENCES
from veracity_bench.reports.scores import board_rows, measures
from veracity_bench.reports.statistics.arrays import Floats, Indices
from veracity_bench.reports.statistics.estimates import Estimate
from veracity_bench.reports.statistics.ranks import DECIMALS
from veracity_bench.reports.statistics.resampling import intervals_over_songs

FEWEST = 3  # explainers: the order of two is the same or the reverse


def likeness(one: pd.DataFrame, other: pd.DataFrame) -> Estimate | None:
    """Correlate the orders of two runs, 1 = the same, -1 = the reverse; None for fewer than three common explainers.

    An order in which all are alike has no correlation either.
    """
    both = [_by_song(records) for records in (one, other)]
    names = sorted(set(both[0]) & set(both[1]))
    songs = sorted({song for sums in both for own in sums.values() for song in own.index})
    if len(names) < FEWEST:
        return None
    sums = [np.stack([own[name].reindex(songs, fill_value=0).to_numpy().T for name in names]) for own in both]

    def correlation(drawn: Indices) -> Floats:
        return _pearson(*(_ranks(own, drawn) for own in sums))

    value = float(correlation(np.arange(len(songs))[None])[0])
    if np.isnan(value):
        return None
    bounds = intervals_over_songs(correlation, len(songs))
    return Estimate(value, None if bounds is None else (float(bounds[0]), float(bounds[1])), len(songs))


def _by_song(records: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return each explainer's flips and out of how many, by song."""
    known = board_rows.with_scores(records, measures.MEAN_FLIP)
    ratios = {name: measures.MEAN_FLIP.ratio(own) for name, own in known.items() if name not in REFERENCES}
    return {name: pd.DataFrame({"flips": one.totals, "of": one.counts}) for name, one in ratios.items()}


def _ranks(sums: Floats, drawn: Indices) -> Floats:
    """Rank sums (explainers, 2, songs) by draws (draws, songs): (draws, explainers); NaN where nothing was drawn."""
    flips, of = sums[:, :, drawn].sum(axis=-1).swapaxes(0, 1)
    means = np.divide(flips, of, out=np.full(of.shape, np.nan), where=of > 0)
    return np.asarray(rankdata(means.round(DECIMALS), axis=0)).T


def _pearson(a: Floats, b: Floats) -> Floats:
    """Correlate rows; NaN where one of them is constant."""
    a, b = (x - x.mean(axis=-1, keepdims=True) for x in (a, b))
    spread = np.sqrt((a**2).sum(axis=-1) * (b**2).sum(axis=-1))
    return np.asarray(np.divide((a * b).sum(axis=-1), spread, out=np.full(spread.shape, np.nan), where=spread > 0))
