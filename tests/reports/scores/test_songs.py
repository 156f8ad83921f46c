import pytest
from boards import curve, row

from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.scores import board_rows, measures
from veracity_bench.reports.scores.songs import condition_weights


def test_a_condition_weighs_as_much_as_any_other_however_many_cases_it_has():
    """Three cases that flip in one condition, one that does not in the other: 1/2, not 3/4."""
    records = table([*(row("flip", 1, 3, case=case) for case in range(3)), row("flip", 0, 3, condition=(0, 1))])
    assert condition_weights(records).tolist() == [2 / 3, 2 / 3, 2 / 3, 2]
    assert measures.FLIP_AT_3.estimate(records).value == pytest.approx(0.5)


def test_the_order_of_the_board_weighs_conditions_alike():
    many = [flip for case in range(3) for flip in curve("often", [1], case=case)]
    rows = [*many, *curve("often", [0], condition=(0, 1)), *curve("half", [0.6])]
    assert board_rows.explainers(table(rows)) == ["half", "often"]


@pytest.mark.parametrize("values", [[0, 0, 0], [1, 1, 1]])
def test_songs_that_agree_by_chance_have_an_interval_with_a_width(values):
    rows = [row("flip", value, 3, song=song) for song, value in zip("abc", values, strict=True)]
    low, high = measures.FLIP_AT_3.estimate(table(rows)).interval
    assert high - low > 0.5


def test_means_over_k_that_agree_have_one_too():
    low, high = measures.MEAN_FLIP.estimate(
        table([f for song in "abc" for f in curve("x", [0, 1], song=song)])
    ).interval
    assert low < 0.5 < high


def test_what_is_expected_at_random_is_exact():
    rows = [row("found", 0.05, 1, explainer="random", song=song) for song in "abc"]
    assert measures.LOCALISATIONS[0].estimate(table(rows)).interval == pytest.approx((0.05, 0.05))


def test_numbers_that_vary_continuously_agree_for_a_reason():
    rows = [row("fidelity", 1, song=song) for song in "abc"]
    assert measures.FIDELITY.estimate(table(rows)).interval == (1, 1)
