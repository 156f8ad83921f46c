"""Does fidelity separate right from wrong explanations? The paper's section 5.4 and figure 4, in both directions."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.layout.markdown import NOTHING, decimal, label, table, titled
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.paper_rows import with_paper
from veracity_bench.reports.layout.section import NamedFigure, Section
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.columns import ATTACKS, DIRECTIONS
from veracity_bench.reports.measurements.conditions import Condition, conditions, direction_in_words, directions
from veracity_bench.reports.measurements.metrics import SHARES, K, Metric
from veracity_bench.reports.scores import board_rows, measures
from veracity_bench.reports.scores.fidelity_as_a_sign import area_of, verdict
from veracity_bench.reports.scores.verdicts import Verdict

INTRODUCTION = """\
One planted segment; an explanation is right if that segment is its top one (by chance: {chance} %). Median \
[quartiles] of the fidelity. Fidelity is LIME's own objective, what its regression maximises; the others are rated by \
it all the same. **AUROC** is how often, of a right and a wrong explanation of the same attack, the right one has the \
larger fidelity, with its interval over songs: 1 = fidelity separates them, 0.5 = it is no sign of either, below 0.5 = \
the wrong ones have the larger fidelity; "-" where all of an attack are right or all are wrong. **Fidelity is** *no \
sign* where the interval lies between 0.3 and 0.7, *a sign* where it lies beyond, *too few to decide* where it can do \
neither with so few right and wrong ones: where an interval of 1.96 standard deviations of Mann's and Whitney's \
statistic around 0.5, as if fidelity were no sign and all excerpts independent, reaches beyond these bars already. The \
paper's numbers are for one attack each, read off its figure 4."""

SIGN = {Verdict.HOLDS: "no sign", Verdict.FAILS: "a sign"}

ALT = """\
Four charts, one per attack and direction: the fidelity of explanations that found the one planted segment, above that \
of those that did not, for a few explainers: points, boxes (quartiles and range) where there are five, and numbers."""

WIDTH, ROW, MARGIN = 9.6, 0.9, 1.9  # inches; a row is an explainer in both panels of a column
LOOKS = {"right": (style.COLOURS[0], -0.2), "wrong": (style.COLOURS[1], 0.2)}  # colour, place in the row
HEIGHT = 0.28  # of a box, in rows
BOXED = 5  # values that make a box


def right_and_wrong(material: Material) -> str:
    """Compare the fidelity of explanations that found the one planted segment with that of the others, by direction."""
    records = material.records
    return titled({direction_in_words(direction): _table(records, direction) for direction in directions(records)})


def _table(records: pd.DataFrame, direction: str) -> str:
    rows = []
    of_direction = records[records["direction"] == direction]
    planted = of_direction[of_direction["metric"].isin(["found", "fidelity"]) & (of_direction["k"] == 1)]
    groups = dict(iter(planted.groupby("explainer")))
    for name in board_rows.explainers(records) if groups else ():
        judged = measures.fidelities(groups.get(name, planted.iloc[:0]))
        if len(judged):
            rows.append([label(name), *_cells(judged)])
    if rows and direction == DIRECTIONS[0]:
        for attack in ATTACKS:
            rows = with_paper(rows, _paper_cells(attack), board_rows.n_segments(records), about=attack)
    return table(["explainer", "right", "n right", "wrong", "n wrong", "AUROC", "fidelity is"], rows)


def _cells(judged: pd.DataFrame) -> list[str]:
    right, wrong = _right_and_wrong(judged)
    area = area_of(judged)
    found = verdict(judged, area)
    numbers = [_quartiles(right), str(right.size), _quartiles(wrong), str(wrong.size), decimal(area)]
    return [*numbers, SIGN.get(found, str(found))]


def _right_and_wrong(judged: pd.DataFrame) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    return judged.loc[judged["right"], "fidelity"], judged.loc[~judged["right"], "fidelity"]


def _paper_cells(attack: str) -> list[str]:
    counts = paper.FOUND[Condition(attack, DIRECTIONS[0])][1]
    right, wrong = (_box(paper.FIDELITY[attack][side][:3]) for side in ("right", "wrong"))
    return [right, str(counts[0]), wrong, str(counts[1]), NOTHING, NOTHING]


def _quartiles(values: "pd.Series[float]") -> str:
    return NOTHING if values.empty else _box(values.quantile([0.5, 0.25, 0.75]).tolist())


def _box(quartiles: Sequence[float]) -> str:
    middle, low, high = quartiles
    return f"{middle:.2f} [{low:.2f}, {high:.2f}]"


def draw(material: Material) -> Figure | None:
    """Draw the fidelities for the explainers chosen; None where no planted segment was looked for."""
    of_all = {name: material.records[material.records["explainer"] == name] for name in material.chosen}
    known = {name: own for name, own in of_all.items() if len(measures.fidelities(own))}
    if not known:
        return None
    figure = Figure((WIDTH, MARGIN + ROW * len(known)))
    placed = conditions(material.records)
    panels = style.panels(figure, len(placed))
    for axes, condition in zip(panels.flat, placed, strict=False):
        axes.set_title(condition.words, loc="left")
        axes.set_title("n", loc="right", fontsize="small")
        for row, own in enumerate(known.values()):
            both = _right_and_wrong(measures.fidelities(condition.select(own)))
            for values, (colour, place) in zip(both, LOOKS.values(), strict=True):
                _values(axes, row + place, values, colour)
    _label(panels[0, 0], list(known))
    for axes in panels[-1]:
        axes.set_xlabel("fidelity")
    patches = [Patch(facecolor=to_rgba(c, 0.25), edgecolor=c, label=name) for name, (c, _) in LOOKS.items()]
    figure.legend(handles=patches, title="explanations of one planted segment", loc="outside lower center", ncols=2)
    return figure


def _values(axes: Axes, place: float, values: "pd.Series[float]", colour: str) -> None:
    axes.grid(visible=False, axis="y")
    axes.text(1.1, place, str(values.size), color=colour, ha="right", va="center", fontsize="small")
    boxed = values.size >= BOXED
    if boxed:
        low, first, median, third, high = values.quantile([0, 0.25, 0.5, 0.75, 1])
        axes.hlines([place, place], [low, third], [first, high], color=colour, linewidth=1.2)
        axes.barh(place, third - first, HEIGHT, first, facecolor=to_rgba(colour, 0.25), edgecolor=colour, linewidth=1.2)
        axes.vlines(median, place - HEIGHT / 2, place + HEIGHT / 2, color=colour, linewidth=2.4)
    colour = style.INK if boxed else colour
    axes.plot(values, np.full(values.size, place), "o", color=colour, markersize=2.8, alpha=0.6)


def _label(axes: Axes, names: list[str]) -> None:
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.45, -0.55)
    axes.set_xlim(-0.03, 1.1)
    axes.set_xticks(np.arange(0, 1.1, 0.2))


SECTION = Section(
    "Fidelity of right and wrong explanations",
    INTRODUCTION,
    right_and_wrong,
    NamedFigure("fidelity", ALT, draw),
    metrics=(
        Metric(
            "fidelity",
            K("0, 1", (0, 1)),
            SHARES,
            "R^2",
            "weighted, of the weights as a linear model of the detector; k = planted segments, 0 = the full "
            "adversarial excerpt",
        ),
    ),
)
