"""The short form of the campaign: a few trials of each kind."""

import importlib

import pytest
from judgement import crashed, differs, unclear
from world import World

SHORT = {"kills": 2, "full_disks": 1, "damage": 4, "hostile_plugins": 1, "fuzzed_files": 55}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return World(tmp_path_factory.mktemp("campaign"))


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", SHORT)
def test_all_is_survived(world, name):
    kind = importlib.import_module(name)
    if why := getattr(kind, "obstacle", str)():
        pytest.skip(why)
    outcomes = list(kind.tries(world, 0, SHORT[name]))
    assert len(outcomes) == SHORT[name]
    assert [outcome for outcome in outcomes if outcome.fault] == []


def test_the_judges_see_faults(world):
    assert differs(world.undisturbed / "report", world.records) == ""
    assert "other records" in differs(world.undisturbed / "report", world.records.iloc[1:])
    assert "no report" in differs(world.corpus, world.records)
    assert crashed("so far\nTraceback (most recent call last):")
    assert not crashed("kind/key: cannot be written (No space left on device); make room")
    assert unclear("KeyError('x')", "song.wav")
    assert unclear("song.wav: is broken\nin two lines", "song.wav")
    assert not unclear("song.wav: is broken; take another", "song.wav")
