import pytest
from boards import curve, in_songs, overall, reversed_beside_random, row

from veracity_bench.reports.leaderboard import render
from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.scores.flags import raised


@pytest.mark.parametrize(
    ("word", "rows"),
    [
        ("model-blind", in_songs("shuffled_correlation", [0.9, 1, 0.8])),
        (None, in_songs("shuffled_correlation", [0.9, 1, 0.1])),
        (None, in_songs("shuffled_correlation", [0, 0, 0])),
        ("target-blind", in_songs("swapped_correlation", [1, 1, 0.5])),
        (None, in_songs("swapped_correlation", [-1, -0.9, -1])),
        ("backwards", reversed_beside_random(0.1)),
        (None, reversed_beside_random(0)),
        (None, reversed_beside_random(-0.4)),
        ("fooled", in_songs("fooled", [1, 1, 1], 1)),
        (None, in_songs("fooled", [0, 1, 0], 1)),
        (None, [row("fooled", 1, 1)]),  # one song alone gives no interval
        (None, in_songs("fooled", [1, 1, 1], 1)[:5]),  # a handful decides nothing
    ],
)
def test_a_flag_is_raised_where_the_interval_lies_beyond_its_bar(word, rows):
    assert [flag.word for flag in raised(table(rows))["lime"]] == ([word] if word else [])


def test_references_get_no_flag():
    assert "random" not in raised(table(reversed_beside_random(0)))


def test_flags_are_the_last_column_of_the_overall_table_and_are_explained():
    rows = [
        *(flip for name in ("lime", "good", "random") for flip in curve(name, [0, 1])),
        *in_songs("fooled", [1, 1, 1], 1),
        *in_songs("shuffled_correlation", [1, 1, 1]),
    ]
    assert {name: list(scores.items())[-1] for name, scores in overall(rows).items()} == {
        "good": ("flags", "-"),
        "lime": ("flags", "model-blind, fooled"),
        "*random*": ("flags", "-"),
    }
    assert "*fooled*: is fooled by an adversarial scaffold; for more than half" in render(table(rows), {})


def test_without_checks_there_is_no_such_column():
    assert "flags" not in render(table(curve("lime", [0, 1])), {})
