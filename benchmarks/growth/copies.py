"""A run of more songs than were measured: copies of a run's songs, each with other numbers here and there."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from veracity_bench.reports.measurements.rows import REFERENCES

EXCHANGED = 0.05  # of the values of a copy
KIND = ["experiment", "explainer", "attack", "direction", "metric", "variant", "k", "samples"]


def song_name(name: str, copy: int) -> str:
    """Return the name of a copy of a song; the first is the song itself."""
    return f"{name}-{copy:03d}" if copy else name


def copies(records: pd.DataFrame, times: int) -> Iterator[pd.DataFrame]:
    """Yield the records, then those of the copies of their songs, a copy of all of them at a time.

    Studies, which measure a few songs whatever a run has, are not copied, nor is what is about no song.
    """
    songs = records.groupby("experiment")["song"].transform("nunique")
    grows = records[(songs == songs.max()) & (records["song"] != "")]
    yield records
    for copy in range(1, times):
        yield _copy(grows, copy)


def _copy(records: pd.DataFrame, copy: int) -> pd.DataFrame:
    """Exchange values of an explainer among its cases, so that all stay in their range and their sums the same."""
    draw = np.random.default_rng(copy)
    chosen = (draw.random(len(records)) < EXCHANGED) & ~records["explainer"].isin(REFERENCES).to_numpy()
    places = np.flatnonzero(chosen)
    kinds = records.iloc[places].groupby(KIND, sort=False).ngroup().to_numpy()
    mixed = draw.permutation(len(places))
    values = records["value"].to_numpy().copy()
    values[places[np.argsort(kinds, kind="stable")]] = values[places[mixed[np.argsort(kinds[mixed], kind="stable")]]]
    return records.assign(value=values, song=records["song"].map(lambda name: song_name(name, copy)))
