import pytest
from boards import bounds, curve, overall, row

from veracity_bench.reports.layout.markdown import percent
from veracity_bench.reports.leaderboard import render
from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.scores import normalised
from veracity_bench.reports.statistics.estimates import Estimate


def estimate(rows, explainer="lime"):
    gains = normalised.gains(table(rows))
    return normalised.estimate(gains[gains["explainer"] == explainer])


@pytest.mark.parametrize(
    ("flips", "share"),
    [
        ([0, 1, 1], 1.0),  # the oracle's flips
        ([0, 0.25, 0.75], 0.0),  # random's
        ([0, 1, 0], 0.0),  # gains 3/4 and loses 3/4
        ([0, 0, 0], -1.0),  # loses 1/4 and 3/4, where there is 3/4 and 1/4 to gain
        ([0, 0, 1], 0.0),  # loses 1/4 and gains 1/4
    ],
)
def test_the_scale_goes_from_random_to_oracle(flips, share):
    rows = [*curve("lime", flips), *bounds([0, 1, 1], [0, 0.25, 0.75])]
    assert estimate(rows) == Estimate(share, None)
    assert estimate(rows, "oracle") == Estimate(1.0, None)
    assert estimate(rows, "random") == Estimate(0.0, None)


def test_a_case_counts_as_much_as_there_is_to_gain():
    """Song a gains 1/2 of 1/2, song b loses 1/4 where 3/4 could be gained: (1/2 - 1/4) / (1/2 + 3/4) = 1/5.

    Two songs that disagree leave all open.
    """
    rows = [
        *curve("lime", [1]),
        *bounds([1], [0.5]),
        *curve("lime", [0], song="b", condition=(1, 1)),
        *bounds([1], [0.25], song="b", condition=(1, 1)),
    ]
    assert estimate(rows) == Estimate(pytest.approx(0.2), (-1.0, 1.0))


@pytest.mark.parametrize("missing", ["oracle", "random"])
@pytest.mark.parametrize("other", [{"case": 1}, {"song": "b"}, {"condition": (1, 0)}, {"condition": (0, 1)}])
def test_a_case_without_both_bounds_is_left_out(missing, other):
    rows = [*curve("lime", [0, 1]), *bounds([1, 1], [0.5, 0.5])]
    present = "random" if missing == "oracle" else "oracle"
    more = [*curve("lime", [0, 0], **other), *curve(present, [0.5, 0.5], **other)]
    assert estimate([*rows, *more]) == estimate(rows) == Estimate(0.0, None)


def test_bounds_of_another_k_do_not_count():
    rows = [*curve("lime", [1, 0]), *bounds([1], [0.5])]
    assert estimate(rows) == Estimate(1.0, None)


def test_a_song_without_room_neither_warns_nor_counts():
    rows = [
        *(flip for song in "ab" for flip in curve("lime", [0, 1], song=song)),
        *bounds([0, 1], [0, 1]),
        *bounds([1, 1], [0.5, 1], song="b"),
    ]
    assert estimate(rows) == Estimate(-1.0, None)


def test_where_chance_is_as_good_as_the_oracle_there_is_no_score():
    rows = [flip for song in "ab" for flip in [*curve("lime", [0, 1], song=song), *bounds([0, 1], [0, 1], song=song)]]
    assert estimate(rows) is None
    assert overall(rows)["lime"]["normalised"] == "-"


def test_records_without_bounds_have_no_score():
    rows = curve("lime", [0, 1])
    assert estimate(rows) is None
    assert overall(rows)["lime"]["normalised"] == "-"
    assert "## Normalised flip@k" not in render(table(rows), {})


def test_a_share_just_below_chance_is_no_negative_zero():
    assert percent(Estimate(-0.004, (-0.3, -0.001))) == "0 [-30, 0]"


def test_the_score_is_exact_where_the_bounds_of_the_oracle_meet():
    """At k = 1 nothing flips, and all sets were tried; at k = 2 an explainer finds what the search did not."""
    rows = [
        *curve("lime", [0, 1, 1]),
        *curve("best-found", [0, 0, 1]),
        *curve("random", [0, 0.25, 0.75]),
        *(row("flip_at_most", value, k, explainer="best-found") for k, value in enumerate([0, 1, 1], 1)),
    ]
    assert estimate(rows) == Estimate(1.0, None)
    assert estimate(rows, "best-found") == Estimate(0.0, None)  # loses 1/4 and gains 1/4
    assert estimate(rows, "random") == Estimate(0.0, None)


def test_a_range_is_written_as_one():
    rows = [
        *(flip for song in "ab" for flip in curve("lime", [0, 0, 1], song=song)),
        *(flip for song in "ab" for flip in curve("best-found", [0, 0, 1], song=song)),
        *(flip for song in "ab" for flip in curve("random", [0, 0, 0.5], song=song)),
        *(row("flip_at_most", 1, k, song=song, explainer="best-found") for song in "ab" for k in (1, 2, 3)),
    ]
    lime = estimate(rows)
    assert (lime.value, lime.between) == (0.2, (0.2, 1.0))
    assert percent(lime).startswith("20 to 100 [")
    assert overall(rows)["lime"]["normalised"] == percent(lime)
    assert overall(rows)["*best-found*"]["normalised"] == percent(lime)
    assert "*best-found* is the least that an oracle reaches" in render(table(rows), {})
