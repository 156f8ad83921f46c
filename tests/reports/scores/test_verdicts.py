import numpy as np
import pandas as pd
import pytest

from veracity_bench.reports.scores.verdicts import Evidence, Verdict, above, below, joint, verdicts
from veracity_bench.reports.statistics.song_ratio import SongRatio

HOLDS, FAILS, UNDECIDED, UNKNOWN = Verdict.HOLDS, Verdict.FAILS, Verdict.UNDECIDED, Verdict.UNKNOWN


def ratio(*totals):
    """A share of songs 00, 01, .. of one case each."""
    songs = [f"{i:02}" for i in range(len(totals))]
    return SongRatio(pd.Series(totals, songs, dtype=float), pd.Series(1.0, songs), 0, 1, len(totals))


@pytest.mark.parametrize(
    ("evidence", "verdict"),
    [
        (above("", ratio(*[1] * 6), 0.5), HOLDS),  # p = 2 / 64
        (above("", ratio(*[0] * 6), 0.5), FAILS),
        (below("", ratio(*[0] * 6), 0.5), HOLDS),
        (above("", ratio(*[1] * 5), 0.5), UNDECIDED),  # 2 / 32
        (above("", ratio(0, 1, 0, 1, 0, 1), 0.5), UNDECIDED),
        (above("", ratio(), 0.5), UNKNOWN),
        (Evidence("", ratio(1).estimate(), verdict=Verdict.TOO_FEW), Verdict.TOO_FEW),
    ],
)
def test_a_sign_flip_test_decides(evidence, verdict):
    assert verdicts({"lime": [evidence]}, {}) == {"lime": verdict}


def test_the_bar_counts_as_much_as_a_song_has_cases():
    """5 of 6 songs of one case are above the bar, one of twenty cases below it: -10 + 5 / 2."""
    songs = list("abcdef")
    many = SongRatio(pd.Series([1.0] * 5 + [0], songs), pd.Series([1.0] * 5 + [20], songs), 0, 1)
    assert many.excess(0.5).tolist() == [0.5] * 5 + [-10]


def test_holm_corrects_over_the_explainers_of_a_statement():
    """2 / 64 alone is enough, twice that is not."""
    clear = [above("", ratio(*[1] * 6), 0.5)]
    assert verdicts({"a": clear, "b": clear}, {}) == {"a": UNDECIDED, "b": UNDECIDED}


def test_twins_are_counted_once_and_share_the_verdict():
    clear = [above("", ratio(*[1] * 6), 0.5)]
    assert verdicts({"a": clear, "b": clear}, {"b": "a"}) == {"a": HOLDS, "b": HOLDS}


def test_songs_of_which_one_knows_nothing_do_not_bear_on_it():
    other = SongRatio(pd.Series([0.0], ["zz"]), pd.Series([1.0], ["zz"]), 0, 1)
    assert verdicts({"a": [above("", ratio(*[1] * 8), 0.5)], "b": [above("", other, 0.5)]}, {})["a"] == HOLDS


def test_a_near_tie_of_sampled_signs_is_undecided():
    """Of 17 songs signs are sampled. 13 or more of them agree in 2 * 3214 of 2^17 ways: p = 0.049."""
    songs = [f"{i:02}" for i in range(17)]
    totals = pd.Series([1.0] * 13 + [0.0] * 4, songs)
    near = SongRatio(totals, pd.Series(1.0, songs), 0, 1)
    assert verdicts({"a": [above("", near, 0.5)]}, {})["a"] == UNDECIDED
    clear = SongRatio(totals + np.array([0] * 13 + [1, 0, 0, 0]), pd.Series(1.0, songs), 0, 1)
    assert verdicts({"a": [above("", clear, 0.5)]}, {})["a"] == HOLDS


@pytest.mark.parametrize(
    ("pieces", "verdict"),
    [
        ([HOLDS, HOLDS], HOLDS),
        ([HOLDS, UNDECIDED], UNDECIDED),
        ([FAILS, UNDECIDED], FAILS),
        ([FAILS, UNKNOWN], UNKNOWN),
    ],
)
def test_a_statement_needs_all_of_its_evidence(pieces, verdict):
    assert joint(pieces) == verdict
