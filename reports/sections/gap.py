"""Where is it lost? The gap of every explainer to the oracle, split into question, rule and sample."""

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.layout.markdown import label, percent, table, titled
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import NamedFigure, Section
from veracity_bench.reports.measurements.conditions import direction_in_words, directions
from veracity_bench.reports.measurements.metrics import EVERY_SIZE, SHARES, Metric
from veracity_bench.reports.scores.gap import TERMS, Gap, gaps

INTRODUCTION = """\
What an explainer's mean flip lacks of the oracle's, in points, excerpt by excerpt. The four terms add up to the gap; \
a term below 0 is a gain. Only the last two are the explainer's own.

- **sets**: from the *oracle* to *shapley-insertion*. The oracle chooses anew for every k, a ranking cannot.
- **reference**: from *shapley-insertion* to *shapley-masking*, by the same rule. Explainers are asked what makes the \
score high against the baseline, flips measure what changed the decision about the original. It is the same for all \
explainers: the question's share.
- **rule**: from *shapley-masking* to what the explainer comes to with ever more queries: *exact-lime* for LIME, exact \
Shapley values for their samplers (so 0), exact Banzhaf values for RISE, itself where nothing is sampled. It \
attributes otherwise than Shapley values do, or another output (the logit). Explainers that take no baseline are \
measured by the same steps.
- **estimation**: from there to the explainer. Its queries are a sample. "in rule": what it comes to is not known, and \
the rule's term holds both."""

ALT = """\
Stacked bars per explainer, one chart per direction: how many points of mean flip it loses to the oracle by sets, \
reference, rule and estimation, gains to the left of 0; a dot marks the sum."""

IN_RULE = "in rule"
COLOURS = dict(zip(TERMS, (style.PALE, "#e69f00", "#0072b2", "#56b4e9"), strict=True))
WIDTH, ROW, MARGIN = 9.6, 0.27, 1.5  # inches
BAR = 0.7  # of a row


def lost(material: Material) -> str:
    """Show the terms of all excerpts, then those of each direction that has any."""
    known = gaps(material.records)
    ways = directions(material.records)
    by_direction = {direction_in_words(direction): terms(_within(known, direction)) for direction in ways}
    return titled({"": terms(known), **by_direction})


def _within(known: Mapping[str, Gap], direction: str) -> dict[str, Gap]:
    within = {name: gap.of(direction) for name, gap in known.items()}
    return {name: gap for name, gap in within.items() if len(gap.losses)}


def terms(known: Mapping[str, Gap]) -> str:
    """Show the terms of each gap, a row per explainer."""
    rows = [
        [
            label(name),
            *(percent(gap.term(column)) for column in ("flip", "gap")),
            *(percent(gap.term(term)) if term in gap.terms else IN_RULE for term in TERMS),
            str(len(gap.losses)),
        ]
        for name, gap in known.items()
    ]
    return table(["explainer", "mean flip", "gap", *TERMS, "cases"], rows)


def draw(material: Material) -> Figure | None:
    """Draw the terms of each direction; None where there is no oracle or no explainer."""
    known = {name: gap for name, gap in gaps(material.records).items() if material.shows(name)}
    ways = directions(material.records)
    charts = {direction: within for direction in ways if (within := _within(known, direction))}
    if not charts:
        return None
    figure = Figure((WIDTH, MARGIN + ROW * len(known)))
    panels = figure.subplots(1, len(charts), sharex=True, sharey=True, squeeze=False)[0]
    for axes, (direction, within) in zip(panels, charts.items(), strict=True):
        axes.set_title(direction_in_words(direction), loc="left")
        for place, name in enumerate(known):
            if name in within:
                _bar(axes, place, within[name])
        _label(axes)
    panels[0].set_yticks(range(len(known)), list(known))
    panels[0].set_ylim(len(known) - 0.4, -0.6)
    style.legend(figure, panels)
    return figure


def _bar(axes: Axes, place: int, gap: Gap) -> None:
    """Stack the losses to the right of 0 and the gains to its left."""
    estimates = {term: gap.term(term) for term in gap.terms}
    values = {term: estimate.value if estimate else 0.0 for term, estimate in estimates.items()}
    ends = {1: 0.0, -1: 0.0}
    for term in gap.terms:
        value = values[term]
        side = 1 if value >= 0 else -1
        both = term == "rule" and len(gap.terms) < len(TERMS)
        axes.barh(place, value, BAR, ends[side], color=COLOURS[term], hatch="///" if both else None,
                  edgecolor=COLOURS["estimation"] if both else COLOURS[term], linewidth=0,
                  label="rule and estimation" if both else term)  # fmt: skip
        ends[side] += value
    axes.plot(sum(values.values()), place, "o", color=style.INK, markersize=4, clip_on=False)


def _label(axes: Axes) -> None:
    axes.axvline(0, color=style.INK, linewidth=0.8)
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("points of mean flip lost to the oracle (dot: in all)")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.0f}"))


SECTION = Section(
    "Where is it lost?",
    INTRODUCTION,
    lost,
    NamedFigure("gap", ALT, draw),
    metrics=(
        Metric(
            "limit_flip",
            EVERY_SIZE,
            SHARES,
            "0 or 1",
            'as "flip", of what the explainer comes to with ever more queries: exact LIME, Shapley or Banzhaf values '
            "of masking, or itself where it samples nothing; absent where that is not known",
        ),
    ),
)
