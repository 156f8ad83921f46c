"""Are obvious causes found? Shapes drawn on excerpts without singing: the paper's section 5.1 and figure 1."""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, decimal, label, number, percent, table
from veracity_bench.reports.layout.paper_rows import with_paper
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.rows import RANDOM
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.measures import FIDELITY_OF_DRAWINGS, TOUCHED, Measure
from veracity_bench.reports.sections.conditions import reasons

INTRODUCTION = """\
The paper's figure 1: a shape is drawn on an excerpt without singing, ever stronger until the detector hears singing. \
How many of the top 3 segments does the drawing touch (in percent; by chance: as many as of all segments), and how \
well do the weights tell the output around the drawn excerpt (fidelity)? The paper shows one excerpt for each shape."""

DRAWN = [*scores.CASE, "variant"]
UNFILLED = Measure("unfilled", "drawings_unfilled")


def drawings(records: pd.DataFrame) -> str:
    """Show which share of the top segments is touched, and the fidelity, by shape."""
    shapes = sorted(set(TOUCHED.select(records)["variant"]))
    if not shapes:
        return NOTHING
    parts = [f"### Touched by the drawing\n\n{_touched(records, shapes)}"]
    why = reasons(records, UNFILLED.metric)
    parts += [] if why == NOTHING else [f"Why no drawing was found: {why}."]
    fidelity = table(["explainer", *shapes, "all"], _fidelity(records, shapes))
    parts += [] if fidelity == NOTHING else [f"### Fidelity\n\n{fidelity}"]
    return "\n\n".join(parts)


def _touched(records: pd.DataFrame, shapes: list[str]) -> str:
    groups = scores.with_scores(records, TOUCHED)
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
        for name, group in scores.with_scores(records, FIDELITY_OF_DRAWINGS).items()
    ]
    reported = {shape: f"{fidelity:.2f}" for shape, (*_, fidelity) in paper.DRAWINGS.items()}
    return with_paper(rows, [*(reported.get(shape, NOTHING) for shape in shapes), NOTHING], scores.n_segments(records))


def _split(records: pd.DataFrame, shapes: list[str]) -> list[pd.DataFrame]:
    return [*(records[records["variant"] == shape] for shape in shapes), records]


def _sum(records: pd.DataFrame) -> float | None:
    return None if records.empty else float(records["value"].sum())
