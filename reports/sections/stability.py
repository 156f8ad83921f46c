"""Does an explanation stay the same over seeds, with ever more samples? The paper's section 4.4."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.layout.markdown import decimal, label, percent, table, titled
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import NamedFigure, Section
from veracity_bench.reports.measurements.metrics import AMOUNTS, CORRELATIONS, NO_K, SHARES, Metric, fixed
from veracity_bench.reports.scores import board_rows
from veracity_bench.reports.scores.measures import Measure

INTRODUCTION = """\
The paper's section 4.4: LIME on the same excerpts with other seeds. **overlap**: the share of the top 3 segments that \
two explanations have in common, in percent. **correlation**: Spearman's, of their weights. **distance**: of the \
weights from the exact ones, as a share of the length of the exact weights; 0 = exact. The paper takes 8,192 samples."""

ALT = """\
Three charts over the queries that LIME is allowed: how many of the top 3 segments two seeds have in \
common, the rank correlation of their weights, and their distance from the exact weights."""

OVERLAP = Measure("Top 3 segments in common", "stability_overlap")
CORRELATION = Measure("Rank correlation", "stability_correlation")
DISTANCE = Measure("Distance from exact weights", "stability_distance")
MEASURES = (OVERLAP, CORRELATION, DISTANCE)
SIZE = (9.6, 4.2)  # inches


def over_seeds(material: Material) -> str:
    """Show how stable explainers are over seeds, a row for each number of samples."""
    study = _study(material.records)
    order = [name for name in board_rows.explainers(material.records) if name in set(study["explainer"])]
    parts = {}
    for name in order:
        own = study[study["explainer"] == name]
        rows = [[str(samples), *_cells(group)] for samples, group in own.groupby("samples")]
        parts[label(name)] = table(["samples", "overlap", "correlation", "distance"], rows)
    return titled(parts)


def _study(records: pd.DataFrame) -> pd.DataFrame:
    return records[records["metric"].isin([measure.metric for measure in MEASURES])]


def _cells(records: pd.DataFrame) -> list[str]:
    return [percent(OVERLAP.estimate(records)), *(decimal(m.estimate(records)) for m in (CORRELATION, DISTANCE))]


def draw(material: Material) -> Figure | None:
    """Draw the means over excerpts with their intervals; None where no explainer was run with several seeds."""
    study = _study(material.records)
    study = study.loc[[material.shows(name) for name in study["explainer"]]]
    measured = [measure for measure in MEASURES if not measure.select(study).empty]
    if not measured:
        return None
    figure = Figure(SIZE)
    panels = figure.subplots(1, len(measured), squeeze=False)[0]
    looks = style.looks(material)
    for axes, measure in zip(panels, measured, strict=True):
        for name, own in board_rows.with_scores(study, measure).items():
            _line(axes, own, measure, name, looks[name])
        _label(axes, measure, sorted(set(study["samples"])))
    style.legend(figure, panels)
    return figure


def _line(axes: Axes, records: pd.DataFrame, measure: Measure, name: str, look: style.Look) -> None:
    budgets = sorted(set(records["samples"]))
    estimates = {budget: measure.estimate(records[records["samples"] == budget]) for budget in budgets}
    known = {budget: estimate for budget, estimate in estimates.items() if estimate is not None}
    axes.plot(list(known), [estimate.value for estimate in known.values()], label=name, **look)
    for budget, estimate in known.items():
        if estimate.interval:
            axes.vlines(budget, *estimate.interval, color=look["color"], alpha=0.4)


def _label(axes: Axes, measure: Measure, samples: list[int]) -> None:
    axes.set_title(measure.title, loc="left")
    axes.set_xscale("log", base=2)
    axes.set_xticks(samples, list(map(str, samples)), rotation=90)
    axes.set_xlabel("queries allowed")
    if measure is DISTANCE:
        axes.set_yscale("log", nonpositive="mask")
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.yaxis.set_major_formatter("{x:g}")
        axes.minorticks_off()
    else:
        axes.set_ylim(top=1.02)


SECTION = Section(
    "Stability over seeds",
    INTRODUCTION,
    over_seeds,
    NamedFigure("stability", ALT, draw),
    metrics=(
        Metric(
            "stability_overlap",
            fixed(3),
            SHARES,
            "share of segments",
            "of the top 3 segments that two explanations of one excerpt from other seeds have in common, mean over "
            "pairs; `samples` queries each",
        ),
        Metric(
            "stability_correlation",
            NO_K,
            CORRELATIONS,
            "Spearman's correlation",
            "of the weights of two such explanations, mean over pairs",
        ),
        Metric(
            "stability_distance",
            NO_K,
            AMOUNTS,
            "share of a length",
            "from the exact weights, abs(w - exact) / abs(exact), mean over seeds",
        ),
    ),
)
