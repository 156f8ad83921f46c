"""The figure of drawings: a shape on a spectrogram, and the segments that explainers name (the paper's figure 1)."""

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
from veracity_bench.reports.layout import markdown
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.excerpts import Excerpt
from veracity_bench.reports.measurements.records import DRAWING
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.measures import Measure
from veracity_bench.reports.sections.material import Material

SHOWS = """\
A row per shape: a spectrogram without singing, the same with the shape drawn on it, which the detector hears as \
singing, and the three segments that each of a few explainers weighs most, with its fidelity."""

WIDTH, HEIGHT, MARGIN = 1.5, 1.3, 0.7  # inches, of a spectrogram and of what stands around all
TIMES, FREQUENCIES = 5, 4  # the paper's grid: segment = 4 * time + frequency, frequency 0 is lowest
TOP = 3
COLOURS = colormaps["viridis"].resampled(32)  # which halves the file
LETTERS = 15  # that fit above a spectrogram
OUTLINE: dict[str, Any] = {"fill": False, "edgecolor": style.COLOURS[1], "linewidth": 1.8, "zorder": 3}
VEIL: dict[str, Any] = {"facecolor": style.BACKGROUND, "alpha": 0.6, "linewidth": 0}
WEIGHT = Measure("weight", "drawn_weight")


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
    coordinates = [*scores.CASE, "variant"]
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
    fidelity = scores.FIDELITY_OF_DRAWINGS.median(records)
    axes.set_title("failed" if weights.empty else f"fidelity {markdown.number(fidelity, '.2f')}")
