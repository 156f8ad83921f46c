"""The data of the case browser: of every excerpt its images and sounds, and what was recorded about it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from veracity_bench.reports.measurements.columns import ATTACKS, DRAWING
from veracity_bench.reports.measurements.conditions import Condition
from veracity_bench.reports.measurements.excerpts import Excerpt
from veracity_bench.reports.measurements.rows import REFERENCES
from veracity_bench.reports.page.hypertext import data_uri
from veracity_bench.reports.page.images import images, largest
from veracity_bench.reports.scores import board_rows, songs

FPS = 70  # frames per second
COMPONENTS = re.compile(r"components, (\w+) and (\w+) x (\d+) in time")
WEIGHTS = ("weight", "drawn_weight")
OF_DRAWINGS = ("touched", "drawn_fidelity")
PLACE = [*songs.CASE, "variant"]


def contents(records: pd.DataFrame, manifest: Mapping[str, Any], excerpts: Sequence[Excerpt]) -> dict[str, Any]:
    """Return what the browser shows, in built-in types: explainers in the board's order, excerpts with a record."""
    recorded = by_place(records[records["song"].isin({one.song for one in excerpts})])
    segments = str(manifest.get("measured", {}).get("segments", ""))
    shown = sorted((one for one in excerpts if place(one) in recorded), key=_order)
    cases = [_case(one, recorded[place(one)]) for one in shown]
    weighed = {name for case in cases for name in case["weights"]}
    explainers = [name for name in board_rows.explainers(records) if name in weighed]
    return {
        "grid": grid(segments),
        "parts": parts(segments),
        "explainers": [name for name in explainers if name not in REFERENCES],
        "references": [name for name in explainers if name in REFERENCES],
        "cases": cases,
    }


def by_place(records: pd.DataFrame) -> dict[tuple[Any, ...], pd.DataFrame]:
    """Split the records by the excerpts (attack, direction, song, case, variant) that an explainer has weighed."""
    shown = records[records["metric"].isin((*WEIGHTS, "flip", "member", *OF_DRAWINGS))]
    groups = {place: group for place, group in shown.groupby(PLACE)}  # noqa: C416 - of tuples, says mypy
    return {place: group for place, group in groups.items() if group["metric"].isin(WEIGHTS).any()}


def count(records: pd.DataFrame) -> int:
    """Count the excerpts that an explainer has weighed."""
    return len(records.loc[records["metric"].isin(WEIGHTS), PLACE].drop_duplicates())


def place(excerpt: Excerpt) -> tuple[Any, ...]:
    """Return the coordinates of an excerpt as its records have them."""
    return tuple(getattr(excerpt, name) for name in PLACE)


def grid(segments: str) -> Sequence[int] | None:
    """Read "grid, 5 in time x 4 in frequency" as (5, 4), and components as stretches of time and parts of the sound.

    None for segments of other kinds.
    """
    if found := COMPONENTS.fullmatch(segments):
        return int(found[3]), len(parts(segments))
    found = re.fullmatch(r"\w+, (?:(\d+) in time)?(?: x )?(?:(\d+) in frequency)?", segments)
    return (int(found[1] or 1), int(found[2] or 1)) if found else None


def parts(segments: str) -> list[str]:
    """Read "components, harmonic and percussive x 5 in time" as the names of the parts; none for other segments."""
    found = COMPONENTS.fullmatch(segments)
    return [found[1], found[2]] if found else []


def _order(excerpt: Excerpt) -> tuple[Any, ...]:
    """Bring those together that stand under one heading."""
    attacks = (*ATTACKS, DRAWING)
    return attacks.index(excerpt.attack), excerpt.direction, excerpt.variant, excerpt.song, excerpt.case


def _case(excerpt: Excerpt, records: pd.DataFrame) -> dict[str, Any]:
    drawn = excerpt.attack == DRAWING
    frames, bands = excerpt.original.shape
    weights = _values(records, "drawn_weight" if drawn else "weight")
    members = records[records["metric"] == "member"]["k"]
    return {
        "group": f"drawing: {excerpt.variant}" if drawn else Condition(excerpt.attack, excerpt.direction).words,
        "song": excerpt.song,
        "case": excerpt.case,
        "seconds": round(excerpt.frame / FPS, 2),
        "explained": excerpt.explained,
        "change": excerpt.change,
        "duration": round(excerpt.duration or frames / FPS, 4),
        "drawn": excerpt.variant if drawn else "",
        "probabilities": [round(probability, 4) for probability in excerpt.probabilities],
        "frames": frames,
        "bands": bands,
        "images": images(excerpt),
        "scale": round(largest(excerpt), 2),
        "sounds": {name: data_uri("audio/mpeg", sound) for name, sound in excerpt.sounds.items()},
        "gain": round(excerpt.gain, 1),
        "oracle": sorted(map(int, members)),
        "segments": max(map(len, weights.values())),
        "weights": weights,
        "flips": _values(records, "flip"),
        **{metric: _first(records, metric) for metric in OF_DRAWINGS if drawn},
    }


def _values(records: pd.DataFrame, metric: str) -> dict[str, list[float]]:
    """Return the values of each explainer, in the order of k."""
    chosen = records[records["metric"] == metric].sort_values("k")
    return {str(name): [float(f"{v:.6g}") for v in group["value"]] for name, group in chosen.groupby("explainer")}


def _first(records: pd.DataFrame, metric: str) -> dict[str, float]:
    """Return the only value of each explainer."""
    return {name: values[0] for name, values in _values(records, metric).items()}
