"""Mean and normalised flip in either direction: two regimes, which the overall table averages."""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, label, percent, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.conditions import direction_in_words, directions
from veracity_bench.reports.scores import board_rows, measured_cases, normalised, songs
from veracity_bench.reports.scores.measures import MEAN_FLIP

INTRODUCTION = """\
Scores over both directions can hide two regimes: a baseline value that the detector takes for "no sing" can take \
singing away when it masks segments, and can hardly bring it about. In percent, over both attacks, which weigh alike. \
The last column is the **normalised** flip over all conditions, as above; it is no mean of the other two, for a \
direction with more room above chance bears more on it."""


def by_direction(material: Material) -> str:
    """Show normalised and mean flip of every explainer by direction; "-" without any."""
    records = material.records
    gains = normalised.gains(records)
    groups = board_rows.with_scores(records, MEAN_FLIP)
    if not groups:
        return NOTHING
    known = directions(records)
    counts = [str(len(of(MEAN_FLIP.select(records), d)[songs.CASE].drop_duplicates())) for d in known]
    rows = [["excerpts", *counts, *counts, str(measured_cases.count_cases(MEAN_FLIP.select(records)))]]
    for name, own in groups.items():
        gained = gains[gains["explainer"] == name]
        shares = [normalised.estimate(of(gained, direction)) for direction in known]
        flips = [MEAN_FLIP.estimate(of(own, direction)) for direction in known]
        rows.append([label(name), *map(percent, [*shares, *flips, normalised.estimate(gained)])])
    words = [direction_in_words(direction) for direction in known]
    headers = [f"{score}, {direction}" for score in ("normalised", MEAN_FLIP.title) for direction in words]
    return table(["explainer", *headers, "normalised, both"], rows)


def of(records: pd.DataFrame, direction: str) -> pd.DataFrame:
    """Take the records of a direction."""
    return records[records["direction"] == direction]


SECTION = Section("Overall by direction", INTRODUCTION, by_direction)
