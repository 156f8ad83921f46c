import numpy as np
import pandas as pd
import pytest

from veracity_bench.reports.statistics.pairs import Pairs
from veracity_bench.reports.statistics.rank_sets import rank_sets


def pairs(**columns):
    songs = range(len(next(iter(columns.values()))))
    index = pd.MultiIndex.from_tuples(
        [("waveform", "x", str(song), 0) for song in songs], names=["attack", "direction", "song", "case"]
    )
    return Pairs(pd.DataFrame(columns, index=index, dtype=float))


def test_who_always_wins_is_first_and_the_others_share_what_is_left():
    """Two of 2^12 choices of signs are as extreme; q and r exchange their flips from song to song."""
    table = pairs(p=[1] * 12, q=[0, 0.5] * 6, r=[0.5, 0] * 6)
    assert rank_sets(table, ["p", "q", "r"]) == {"p": (1, 1), "q": (2, 3), "r": (2, 3)}


def test_few_songs_leave_all_ranks_open():
    assert rank_sets(pairs(p=[1, 1], q=[0, 0]), ["p", "q"]) == {"p": (1, 2), "q": (1, 2)}


def test_only_the_named_compete():
    table = pairs(reference=[1] * 12, p=[0.5] * 12, q=[0] * 12)
    assert rank_sets(table, ["q", "p"]) == {"q": (2, 2), "p": (1, 1)}


@pytest.mark.parametrize("seed", range(5))
def test_equally_good_explainers_may_have_any_rank(seed):
    flips = np.random.default_rng(seed).integers(0, 2, (3, 14))
    assert set(rank_sets(pairs(**dict(zip("pqr", flips, strict=True))), list("pqr")).values()) == {(1, 3)}
