import pytest

from veracity_bench.errors import UserError
from veracity_bench.printable import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\rb\x07\x9b", "a\\rb\\x07\\x9b"),
        ("lime\u202eemil", "lime\\u202eemil"),
        ("\ud800", "\\ud800"),
        ("Élan, 夢, עברית\n\tline 2", "Élan, 夢, עברית\n\tline 2"),
    ],
)
def test_only_what_steers_is_escaped(text, shown):
    assert printable(text) == shown


def test_errors_that_users_see_are_printable():
    assert str(UserError("song '\x1b[2J' is gone")) == "song '\\x1b[2J' is gone"
