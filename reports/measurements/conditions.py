"""Conditions: an attack in a direction. Every score exists for each of them, and so do the paper's."""

from typing import NamedTuple

import pandas as pd

from veracity_bench.reports.measurements.columns import ATTACKS, DIRECTIONS, KNOWN_ANSWERS
from veracity_bench.reports.measurements.remembered import remembered


class Condition(NamedTuple):
    """An attack and the direction in which it changed the prediction, as records name them."""

    attack: str
    direction: str

    @property
    def words(self) -> str:
        """The condition in words, such as "waveform, no sing to sing"."""
        return f"{self.attack}, {direction_in_words(self.direction)}"

    def select(self, records: pd.DataFrame) -> pd.DataFrame:
        """Take the records of this condition."""
        return records[(records["attack"] == self.attack) & (records["direction"] == self.direction)]


CONDITIONS = tuple(Condition(attack, direction) for attack in ATTACKS for direction in DIRECTIONS)  # the paper's


@remembered
def directions(records: pd.DataFrame) -> tuple[str, ...]:
    """Return the directions of records, in order: both of the singing voice detector's, or those of another classifier.

    Of the former, both are returned even where records are of one, or of none. The calibration has directions of its
    own, whatever is explained.
    """
    explained = records["experiment"] != KNOWN_ANSWERS
    found = {str(name) for name in records["direction"][explained].unique()} - {""}
    return DIRECTIONS if found <= set(DIRECTIONS) else tuple(sorted(found))


def conditions(records: pd.DataFrame) -> tuple[Condition, ...]:
    """Return the conditions of records, in order: the paper's four, or those that another classifier has."""
    if of_singing(records):
        return CONDITIONS
    attacks = [attack for attack in ATTACKS if (records["attack"] == attack).any()]
    return tuple(Condition(attack, direction) for attack in attacks for direction in directions(records))


def of_singing(records: pd.DataFrame) -> bool:
    """Return whether the records are about singing, as the paper's are."""
    return directions(records) == DIRECTIONS


def direction_in_words(direction: str) -> str:
    """Put a direction in words, such as "no sing to sing"."""
    return direction.replace("_", " ").replace("nosing", "no sing")
