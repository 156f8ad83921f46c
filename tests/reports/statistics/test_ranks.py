import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veracity_bench.reports.statistics.ranks import borda, ranks

PLACE = ["attack", "direction", "song", "case"]


def flips(songs, **columns):
    index = pd.MultiIndex.from_tuples([("waveform", "x", song, i) for i, song in enumerate(songs)], names=PLACE)
    return pd.DataFrame(columns, index=index, dtype=float)


def test_ranks_by_hand():
    """Means 3/4, 1/2, 1/2: the tie shares the ranks 2 and 3."""
    table = flips("ab", p=[1, 0.5], q=[0, 1], r=[1, 0])
    assert ranks(table) == {"p": 1, "q": 2.5, "r": 2.5}
    assert borda(table) == {"p": (1.5 + 2) / 2, "q": (3 + 1) / 2, "r": (1.5 + 3) / 2}


def test_a_song_counts_as_much_as_it_has_excerpts():
    table = flips("aaab", p=[0.6, 0.6, 0.6, 0], q=[0.5, 0.5, 0.5, 1])
    assert ranks(table) == {"p": 2, "q": 1}
    assert borda(table) == {"p": 1.25, "q": 1.75}


def test_nothing_measured_has_no_rank():
    assert ranks(flips("", p=[])) == borda(flips("", p=[])) == {}


@settings(max_examples=25)
@given(st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=2, max_size=6))
def test_ranks_share_out_the_places(rows):
    table = flips([str(i) for i in range(len(rows))], **dict(zip("pqr", np.transpose(rows) / 3, strict=True)))
    assert sum(ranks(table).values()) == pytest.approx(6)
    assert sum(borda(table).values()) == pytest.approx(6)
