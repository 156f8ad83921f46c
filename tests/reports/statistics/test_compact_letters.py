from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veracity_bench.reports.statistics.compact_letters import compact_letters

NAMES = ["p", "q", "r", "s", "t", "u"]
PAIRS = list(combinations(NAMES, 2))


@pytest.mark.parametrize(
    ("different", "letters"),
    [
        ([], {"p": "a", "q": "a", "r": "a"}),
        (["pq", "pr", "qr"], {"p": "a", "q": "b", "r": "c"}),
        (["pr"], {"p": "a", "q": "ab", "r": "b"}),
        (["pq", "pr"], {"p": "a", "q": "b", "r": "b"}),
        (["pq"], {"p": "a", "q": "b", "r": "ab"}),
    ],
)
def test_letters_by_hand(different, letters):
    assert compact_letters(["p", "q", "r"], [tuple(pair) for pair in different]) == letters


def test_more_groups_than_the_alphabet_has_letters():
    names = [f"name {i}" for i in range(28)]
    letters = compact_letters(names, list(combinations(names, 2)))
    assert [letters[name] for name in (names[0], names[25], names[26], names[27])] == ["a", "z", "a1", "b1"]


@given(st.sets(st.sampled_from(PAIRS)))
def test_names_share_a_letter_exactly_if_they_do_not_differ(different):
    letters = compact_letters(NAMES, different)
    assert all(letters.values())
    for one, other in PAIRS:
        assert bool(set(letters[one]) & set(letters[other])) == ((one, other) not in different)
