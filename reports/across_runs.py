"""Runs below each other: is the order of the explainers theirs, or that of one detector, attack or choice of songs?"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, decimal, number, percent, plain, table
from veracity_bench.reports.measurements.conditions import direction_in_words, directions
from veracity_bench.reports.measurements.manifest import error_of
from veracity_bench.reports.measurements.rows import LIME, REFERENCES
from veracity_bench.reports.scores import board_rows, measured_cases, measures
from veracity_bench.reports.scores.measures import Measure
from veracity_bench.reports.scores.order import likeness

BY_DIRECTION = (measures.FLIP_AT_3, measures.LOCALISATIONS[1])
Run = tuple[pd.DataFrame, Mapping[str, Any]]


def across_runs(runs: Mapping[str, Run]) -> str:
    """Show what LIME flips and finds in each run, who leads, and how far the order of explainers is the first run's."""
    base, (first, _) = next(iter(runs.items()))
    ways = list(dict.fromkeys(way for records, _ in runs.values() for way in directions(records)))
    shown = [one for one in BY_DIRECTION if any(not one.select(records).empty for records, _ in runs.values())]
    by_way = [f"{measure.title} of LIME, {direction_in_words(way)}" for measure in shown for way in ways]
    headers = ["run", "test error (%)", "excerpts", "mean flip of LIME", *by_way, "leads", f"order as in {plain(base)}"]
    rows = [
        [plain(name), *_detector_and_excerpts(*run), *_lime(run[0], shown, ways), _first(run[0]), _order(first, run[0])]
        for name, run in runs.items()
    ]
    return table(headers, rows, texts=(0, len(headers) - 2))


def _detector_and_excerpts(records: pd.DataFrame, manifest: Mapping[str, Any]) -> list[str]:
    error = error_of(manifest)
    return [number(None if error is None else 100 * error, ".1f"), str(measured_cases.count_cases(records))]


def _lime(records: pd.DataFrame, shown: Sequence[Measure], ways: Sequence[str]) -> list[str]:
    own = records[records["explainer"] == LIME]
    by_way = [measure.estimate(own[own["direction"] == way]) for measure in shown for way in ways]
    return [percent(estimate) for estimate in (measures.MEAN_FLIP.estimate(own), *by_way)]


def _first(records: pd.DataFrame) -> str:
    return next((plain(name) for name in board_rows.explainers(records) if name not in REFERENCES), NOTHING)


def _order(first: pd.DataFrame, own: pd.DataFrame) -> str:
    return NOTHING if own is first else decimal(likeness(first, own))
