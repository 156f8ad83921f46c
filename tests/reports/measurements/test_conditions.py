from boards import row

from veracity_bench.reports.measurements.conditions import (
    CONDITIONS,
    DIRECTIONS,
    conditions,
    direction_in_words,
    directions,
)
from veracity_bench.reports.measurements.records import table


def test_conditions_in_words():
    assert [condition.words for condition in CONDITIONS] == [
        "waveform, no sing to sing",
        "waveform, sing to no sing",
        "spectrogram, no sing to sing",
        "spectrogram, sing to no sing",
    ]
    assert direction_in_words("sing_to_nosing") == "sing to no sing"


def test_a_condition_selects_its_records():
    records = table([row("flip", 1, 3), row("flip", 0, 3, condition=(1, 0)), row("flip", 0, 3, condition=(0, 1))])
    assert [len(condition.select(records)) for condition in CONDITIONS] == [1, 1, 1, 0]
    assert CONDITIONS[0].select(records)["value"].tolist() == [1]


def test_the_calibration_has_directions_of_its_own():
    """It is of singing, whatever classifier is explained."""
    known = row("known_answer", 1, experiment="known_answers")
    records = table([{**row("flip", 1, 3), "direction": "dark_to_bright"}, known])
    assert directions(records) == ("dark_to_bright",)
    assert [condition.words for condition in conditions(records)] == ["waveform, dark to bright"]
    assert directions(table([known])) == DIRECTIONS
