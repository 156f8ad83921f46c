from pathlib import Path

import pytest

from veracity_bench.locations import lie_in, room

ROOT = Path(__file__).parents[2]


def test_the_rooms_of_the_repository_are_found():
    assert room("benchmarks") == ROOT / "benchmarks"


def test_a_room_that_does_not_exist_is_named():
    with pytest.raises(ModuleNotFoundError, match="no room called 'attic'"):
        room("attic")


@pytest.mark.parametrize(
    "argument",
    [
        "benchmarks",
        "benchmarks/test_attack.py",
        "benchmarks/test_attack.py::test_attack[a-b]",
        "veracity_bench.benchmarks",
        "veracity_bench.benchmarks.test_attack::test_attack",
        str(ROOT / "benchmarks"),
        ROOT / "benchmarks" / "test_attack.py",
    ],
)
def test_what_lies_in_the_benchmarks(argument):
    assert lie_in(["-q", argument], "benchmarks", ROOT)


@pytest.mark.parametrize("argument", ["tests", ".", "veracity_bench.benchmarksandmore", "benchmarks", "-n"])
def test_what_does_not(argument):
    """A folder of that name may be anybody's."""
    assert not lie_in([argument], "benchmarks", ROOT / "tests")
