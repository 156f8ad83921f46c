import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veracity_bench.reports.statistics.estimates import Estimate
from veracity_bench.reports.statistics.ranks import borda, ranks

PLACE = ["attack", "direction", "song", "case"]


def flips(songs, **columns):
    index = pd.MultiIndex.from_tuples([("waveform", "x", song, i) for i, song in enumerate(songs)], names=PLACE)
    return pd.DataFrame(columns, index=index, dtype=float)


def test_ranks_by_hand():
    """Means 3/4, 1/2, 1/2: the tie shares the ranks 2 and 3; in song a only, and in song b only, others lead."""
    table = flips("ab", p=[1, 0.5], q=[0, 1], r=[1, 0])
    found = ranks(table)
    assert {name: rank.value for name, rank in found.items()} == {"p": 1, "q": 2.5, "r": 2.5}
    assert found["p"].interval == (1, 2)  # (1.5 in song a alone, 1 in both, 2 in b alone)
    assert found["q"].interval == (1, 3)
    assert borda(table) == {"p": (1.5 + 2) / 2, "q": (3 + 1) / 2, "r": (1.5 + 3) / 2}


def test_songs_that_agree_leave_no_doubt():
    assert ranks(flips("abc", p=[1] * 3, q=[0.5] * 3)) == {"p": Estimate(1, (1, 1)), "q": Estimate(2, (2, 2))}


def test_what_makes_a_song_hard_for_all_moves_no_rank():
    assert ranks(flips("abc", p=[0.1, 0.5, 1.0], q=[0.0, 0.4, 0.9]))["p"] == Estimate(1, (1, 1))


def test_one_song_has_ranks_without_interval():
    assert ranks(flips("aa", p=[1, 0], q=[0, 0])) == {"p": Estimate(1, None), "q": Estimate(2, None)}


def test_a_song_counts_as_much_as_it_has_excerpts():
    table = flips("aaab", p=[0.6, 0.6, 0.6, 0], q=[0.5, 0.5, 0.5, 1])
    assert (ranks(table)["p"].value, ranks(table)["q"].value) == (2, 1)
    assert (borda(table)["p"], borda(table)["q"]) == (1.25, 1.75)


def test_nothing_measured_has_no_rank():
    assert ranks(flips("", p=[])) == borda(flips("", p=[])) == {}


@settings(max_examples=25)
@given(st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=2, max_size=6))
def test_ranks_share_out_the_places(rows):
    table = flips([str(i) for i in range(len(rows))], **dict(zip("pqr", np.transpose(rows) / 3, strict=True)))
    assert sum(rank.value for rank in ranks(table).values()) == pytest.approx(6)
    assert sum(borda(table).values()) == pytest.approx(6)
    for rank in ranks(table).values():
        assert 1 <= rank.interval[0] <= rank.interval[1] <= 3
