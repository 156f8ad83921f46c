"""The figure of stability: how much explanations of one excerpt differ from seed to seed, and from the exact answer."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.measures import Measure
from veracity_bench.reports.sections.material import Material
from veracity_bench.reports.sections.stability import CORRELATION, DISTANCE, OVERLAP

SHOWS = """\
Three charts over the queries that LIME is allowed: how many of the top 3 segments two seeds have in \
common, the rank correlation of their weights, and their distance from the exact weights."""

SIZE = (9.6, 4.2)  # inches
MEASURES = (OVERLAP, CORRELATION, DISTANCE)


def draw(material: Material) -> Figure | None:
    """Draw the means over excerpts with their intervals; None where no explainer was asked with several seeds."""
    asked = material.records[material.records["metric"].isin([measure.metric for measure in MEASURES])]
    measured = [measure for measure in MEASURES if not measure.select(asked).empty]
    if not measured:
        return None
    figure = Figure(SIZE)
    panels = figure.subplots(1, len(measured), squeeze=False)[0]
    looks = style.lines(set(asked["explainer"]))
    for axes, measure in zip(panels, measured, strict=True):
        for name, own in scores.with_scores(asked, measure).items():
            _line(axes, own, measure, name, looks[name])
        _label(axes, measure, sorted(set(asked["samples"])))
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
