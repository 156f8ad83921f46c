import numpy as np
import pytest
from boards import flips
from scipy.stats import spearmanr

from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.scores.order import likeness

SONGS = "abcdefgh"


def board(songs=SONGS, **smallest):
    """Each explainer flips from the same number of segments on, in all songs."""
    return table([line for song in songs for name, k in smallest.items() for line in flips(name, k, song=song)])


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"p": 2, "q": 4, "r": 9}, 1),
        ({"p": 19, "q": 18, "r": 17}, -1),
        ({"p": 1, "q": 3, "r": 2}, 0.5),
        ({"p": 1, "q": 1, "r": 2}, np.sqrt(3) / 2),
    ],
)
def test_orders_are_correlated_by_ranks(other, expected):
    estimate = likeness(board(p=1, q=2, r=3), board(**other))
    assert estimate.value == pytest.approx(expected)
    assert estimate.interval == pytest.approx((expected, expected))
    assert estimate.songs == len(SONGS)


def test_references_and_explainers_of_one_run_do_not_count():
    one = board(p=1, q=2, r=3, oracle=1, random=20, s=5)
    other = board(p=1, q=2, r=3, oracle=20, random=1, t=1)
    assert likeness(one, other).value == 1


@pytest.mark.parametrize("other", [{"p": 1, "q": 2}, {"p": 5, "q": 5, "r": 5}], ids=["two in common", "all alike"])
def test_without_an_order_there_is_no_correlation(other):
    assert likeness(board(p=1, q=2, r=3), board(**other)) is None


def test_one_song_has_no_interval():
    assert likeness(board("a", p=1, q=2, r=3), board("a", p=1, q=2, r=3)).interval is None


def test_songs_may_be_others():
    assert likeness(board("abcdef", p=1, q=2, r=3), board("uvwxyz", p=1, q=3, r=2)).value == pytest.approx(0.5)


def test_it_is_spearmans_of_the_means_and_its_interval_holds_it():
    rng = np.random.default_rng(0)
    names, runs = [f"e{i}" for i in range(6)], []
    for _ in range(2):
        starts = {(name, song): rng.integers(1, 12) + 2 * i for i, name in enumerate(names) for song in SONGS}
        runs.append((starts, table([line for (name, song), k in starts.items() for line in flips(name, k, song=song)])))
    means = [[np.mean([21 - starts[name, song] for song in SONGS]) for name in names] for starts, _ in runs]
    estimate = likeness(*(records for _, records in runs))
    assert estimate.value == pytest.approx(spearmanr(*means).statistic)
    low, high = estimate.interval
    assert low < estimate.value <= high <= 1


def test_conditions_weigh_alike():
    """One excerpt of one condition against four of another: q is ahead on average over both."""
    many = [
        line for song in "abcd" for name, k in (("p", 3), ("q", 6), ("r", 20)) for line in flips(name, k, song=song)
    ]
    one = [line for name, k in (("p", 20), ("q", 10), ("r", 15)) for line in flips(name, k, song="a", condition=(1, 1))]
    assert likeness(table([*many, *one]), board(q=1, p=2, r=3)).value == pytest.approx(1)
