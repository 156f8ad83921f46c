"""Conditions: an attack in a direction. Every score exists for each of them, and so do the paper's."""

from typing import NamedTuple

import pandas as pd

from veracity_bench.reports.measurements.columns import ATTACKS, DIRECTIONS


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


CONDITIONS = tuple(Condition(attack, direction) for attack in ATTACKS for direction in DIRECTIONS)


def direction_in_words(direction: str) -> str:
    """Put a direction in words, such as "no sing to sing"."""
    return direction.replace("_", " ").replace("nosing", "no sing")
