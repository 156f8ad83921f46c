"""Where do an explainer's flips lie between chance and the best that any choice of segments could do?

The normalised flip is the sum of (flip - random's flip) / the sum of (oracle's flip - random's flip), both over the
same cases and k: 0 = no better than segments drawn at random, 1 = as good as the oracle, below 0 = worse than chance.
Where the oracle is not known it lies between two bounds, and so does the normalised flip: the oracle flips where any
set is known to, of those that a search found or explainers named, and at most where no proof is against it.
"""

from dataclasses import replace
from math import inf

import pandas as pd

from veracity_bench.reports.measurements.rows import FOUND, ORACLE, RANDOM
from veracity_bench.reports.scores import measures, songs
from veracity_bench.reports.scores.measures import Measure
from veracity_bench.reports.scores.songs import song_ratio
from veracity_bench.reports.statistics.estimates import Estimate

KEYS = [*songs.CASE, "k"]
AT_MOST = Measure("flip at most", "flip_at_most")


def gains(records: pd.DataFrame, measure: Measure = measures.MEAN_FLIP) -> pd.DataFrame:
    """Take the flips that have both bounds: the ``gain`` of each over chance, and the oracle's, the ``room`` for it.

    ``room_at_most`` is that of the oracle's upper bound, the same where the oracle is known.
    """
    flips = measure.select(records)[["explainer", "samples", *KEYS, "value"]]
    bounds = measures.MEAN_FLIP.select(records)
    for name, bound in _bounds(bounds, AT_MOST.select(records), flips).items():
        flips = flips.merge(bound[[*KEYS, "value"]].rename(columns={"value": name}), on=KEYS)
    rooms = {"room": flips[ORACLE] - flips[RANDOM], "room_at_most": flips["at most"] - flips[RANDOM]}
    return flips.assign(gain=flips["value"] - flips[RANDOM], **rooms)


def estimate(gains: pd.DataFrame) -> Estimate | None:
    """Compute the normalised flip with its interval over songs; None where the oracle has no room above chance.

    Where the oracle is only bounded it is the lower of two values, with both as ``between``, and an interval over both.
    """
    if gains["room"].equals(gains["room_at_most"]):
        return _estimate(gains, gains["room"])
    known = [one for room in ("room", "room_at_most") if (one := _estimate(gains, gains[room])) is not None]
    if not known:
        return None
    low, high = (pick(one.value for one in known) for pick in (min, max))
    ends = [one.interval for one in known if one.interval is not None]
    interval = (min(low for low, _ in ends), max(high for _, high in ends)) if ends else None
    return replace(known[-1], value=low, interval=interval, between=(low, high))


def _bounds(flips: pd.DataFrame, at_most: pd.DataFrame, others: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the flips of the oracle, of chance and of the oracle at most; those of exact oracles are both."""
    of = {name: flips[flips["explainer"] == name] for name in (ORACLE, FOUND, RANDOM)}
    if of[FOUND].empty:
        return {ORACLE: of[ORACLE], RANDOM: of[RANDOM], "at most": of[ORACLE]}
    sets = pd.concat([flips, others])[lambda all_: all_["explainer"] != RANDOM]
    return {ORACLE: sets.groupby(KEYS, as_index=False)["value"].max(), RANDOM: of[RANDOM], "at most": at_most}


def _estimate(gains: pd.DataFrame, room: "pd.Series[float]") -> Estimate | None:
    of_bounds = gains["explainer"].isin([ORACLE, RANDOM]).all()  # 1 and 0 by definition, not by chance
    never = song_ratio(gains, -gains[RANDOM], room, -inf, 0).estimate()  # of never flipping
    low = min(-1.0, never.value) if never else -1.0
    return song_ratio(gains, gains["gain"], room, low, 1, not of_bounds).estimate()
