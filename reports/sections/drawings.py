"""Are obvious causes found? Shapes drawn on excerpts without singing: the paper's section 5.1 and figure 1."""

from collections.abc import Sequence
from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.layout.markdown import NOTHING, decimal, joined, label, number, percent, table, titled
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.outcomes import counts, reasons
from veracity_bench.reports.layout.paper_rows import with_paper
from veracity_bench.reports.layout.section import NamedFigure, Section
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.columns import DRAWING
from veracity_bench.reports.measurements.excerpts import Excerpt
from veracity_bench.reports.measurements.metrics import NO_K, NUMBERS, SEGMENT, SHARES, Metric, fixed
from veracity_bench.reports.measurements.rows import RANDOM
from veracity_bench.reports.scores import board_rows, measures, songs
from veracity_bench.reports.scores.measures import FIDELITY_OF_DRAWINGS, TOUCHED, Measure

INTRODUCTION = """\
The paper's figure 1: a shape is drawn on an excerpt without singing, ever stronger until the detector's prediction is \
singing. **Touched**: the share of the top 3 segments that the drawing touches, in percent (by chance: its share of \
all segments). **Fidelity**: of the weights around the drawn excerpt. The paper shows one excerpt for each shape."""

ALT = """\
A row per shape: a spectrogram without singing, the same with the shape drawn on it, for which the detector predicts \
singing, and the three segments that each of a few explainers weighs most, with its fidelity."""

DRAWN = [*songs.CASE, "variant"]
UNFILLED = Measure("unfilled", "drawings_unfilled")
WEIGHT = Measure("weight", "drawn_weight")

WIDTH, HEIGHT, MARGIN = 1.5, 1.3, 0.7  # inches, of a spectrogram and of what stands around all
TIMES, FREQUENCIES = 5, 4  # the paper's grid: segment = 4 * time + frequency, frequency 0 is lowest
TOP = 3
COLOURS = colormaps["viridis"].resampled(32)  # which halves the file
LETTERS = 15  # that fit above a spectrogram
OUTLINE: dict[str, Any] = {"fill": False, "edgecolor": style.COLOURS[1], "linewidth": 1.8, "zorder": 3}
VEIL: dict[str, Any] = {"facecolor": style.BACKGROUND, "alpha": 0.6, "linewidth": 0}


def by_shape(material: Material) -> str:
    """Show which share of the top segments is touched, and the fidelity, by shape."""
    records = material.records
    shapes = sorted(set(TOUCHED.select(records)["variant"]))
    if not shapes:
        return NOTHING
    why = reasons(records, UNFILLED.metric)
    reason = "" if why == NOTHING else f"Why no drawing was found: {why}."
    touched = joined([_touched(records, shapes), reason])
    fidelity = table(["explainer", *shapes, "all"], _fidelity(records, shapes))
    return titled({"Touched by the drawing": touched, "Fidelity": fidelity})


def _touched(records: pd.DataFrame, shapes: list[str]) -> str:
    groups = board_rows.with_scores(records, TOUCHED)
    by_shape = _split(records, shapes)
    rows = [
        ["drawings", *(str(len(TOUCHED.select(part)[DRAWN].drop_duplicates())) for part in by_shape)],
        ["not found", *(number(_sum(UNFILLED.select(part)), ".0f") for part in by_shape)],
        ["chance", *(percent(TOUCHED.estimate(part[part["explainer"] == RANDOM])) for part in by_shape)],
    ]
    rows += [
        [label(name), *(percent(TOUCHED.estimate(part)) for part in _split(group, shapes))]
        for name, group in groups.items()
        if name != RANDOM
    ]
    return table(["explainer", *shapes, "all"], rows)


def _fidelity(records: pd.DataFrame, shapes: list[str]) -> list[list[str]]:
    rows = [
        [label(name), *(decimal(FIDELITY_OF_DRAWINGS.estimate(part)) for part in _split(group, shapes))]
        for name, group in board_rows.with_scores(records, FIDELITY_OF_DRAWINGS).items()
    ]
    reported = {shape: f"{fidelity:.2f}" for shape, (*_, fidelity) in paper.DRAWINGS.items()}
    return with_paper(
        rows, [*(reported.get(shape, NOTHING) for shape in shapes), NOTHING], board_rows.n_segments(records)
    )


def _split(records: pd.DataFrame, shapes: list[str]) -> list[pd.DataFrame]:
    return [*(records[records["variant"] == shape] for shape in shapes), records]


def _sum(records: pd.DataFrame) -> float | None:
    return None if records.empty else float(records["value"].sum())


def draw(material: Material) -> Figure | None:
    """Draw the first excerpt of each shape; None where none was kept, or the segments are not the paper's."""
    excerpts = _first_of_each_shape(material.excerpts)
    weights = WEIGHT.select(material.records)
    names = [name for name in material.chosen if (weights["explainer"] == name).any()]
    if not (excerpts and names and weights["k"].max() == paper.SEGMENTS - 1):
        return None
    figure = Figure((WIDTH * (2 + len(names)), MARGIN + HEIGHT * len(excerpts)))
    panels = figure.subplots(len(excerpts), 2 + len(names), squeeze=False, sharex=True, sharey=True)
    for row, excerpt in zip(panels, excerpts, strict=True):
        own = _of(material.records, excerpt)
        _spectrograms(row, excerpt)
        for axes, name in zip(row[2:], names, strict=True):
            _explanation(axes, own[own["explainer"] == name])
    for axes, name in zip(panels[0], ["original", "drawn", *names], strict=True):
        axes.set_title(f"{fill(name, LETTERS)}\n{axes.get_title()}")
    panels[0, 0].set(xticks=[], yticks=[])
    figure.supxlabel("time to the right, mel frequency upwards", fontsize="medium")
    return figure


def _first_of_each_shape(excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    drawn = [one for one in excerpts if one.attack == DRAWING]
    by_shape = {one.variant: one for one in sorted(drawn, key=lambda one: (one.song, one.case), reverse=True)}
    return [by_shape[shape] for shape in sorted(by_shape)]


def _of(records: pd.DataFrame, excerpt: Excerpt) -> pd.DataFrame:
    coordinates = [*songs.CASE, "variant"]
    same = [records[name] == getattr(excerpt, name) for name in coordinates]
    return records[np.logical_and.reduce(same)]


def _spectrograms(row: Sequence[Axes], excerpt: Excerpt) -> None:
    """Show the original once and the drawn version in all other places, in the same colours."""
    versions = [excerpt.original] + [excerpt.adversarial] * (len(row) - 1)
    low, high = float(np.min(versions[:2])), float(np.max(versions[:2]))
    for axes, version in zip(row, versions, strict=True):
        axes.imshow(version.T, COLOURS, origin="lower", aspect="auto", interpolation="none", vmin=low, vmax=high,
                    extent=(0, TIMES, 0, FREQUENCIES))  # fmt: skip
        axes.grid(visible=False)
        axes.spines[:].set_visible(False)
    for axes, probability in zip(row, excerpt.probabilities, strict=False):
        axes.set_title(f"sing {probability:.2f}")
    row[0].set_ylabel(excerpt.variant)


def _explanation(axes: Axes, records: pd.DataFrame) -> None:
    """Outline the segments of largest weight and dim the others."""
    weights = WEIGHT.select(records).set_index("k")["value"]
    top = set(weights.nlargest(TOP).index)
    for segment in weights.index:
        corner = divmod(segment, FREQUENCIES)
        axes.add_patch(Rectangle(corner, 1, 1, **(OUTLINE if segment in top else VEIL)))
    fidelity = measures.FIDELITY_OF_DRAWINGS.median(records)
    axes.set_title("no weights" if weights.empty else f"fidelity {number(fidelity, '.2f')}")


SECTION = Section(
    "Drawings",
    INTRODUCTION,
    by_shape,
    NamedFigure("drawings", ALT, draw),
    metrics=(
        Metric(
            "touched", fixed(TOP), SHARES, "share of segments", "of the top 3 that the drawing touches; random: of all"
        ),
        Metric("drawn_fidelity", NO_K, SHARES, "R^2", 'as "fidelity", around the drawn excerpt'),
        Metric("drawn_weight", SEGMENT, NUMBERS, "the explainer's", 'as "weight"'),
        Metric("strength", NO_K, NUMBERS, "log-mel", "what the drawing adds where it is strongest"),
        *counts("drawings_", "drawings"),
    ),
)
