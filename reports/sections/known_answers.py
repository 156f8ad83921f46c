"""What does a perfect explainer get? Detectors whose explanation follows by hand, through the same harness."""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, plain, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.conditions import direction_in_words
from veracity_bench.reports.measurements.metrics import NO_K, Metric, Range

INTRODUCTION = """\
Calibration: detectors whose explanation follows by hand go through the harness of this run, on pairs of excerpts \
whose cause is known. All methods below are exact for their detectors and get what theory demands; a run in which one \
does not says so on top. Normalised flips, from *random* (0) to *oracle* (100).

- **contrastive**: what changed the decision? Masked segments hold the original. An exact method gets 100, unless \
nothing flips.
- **mean**: what makes the score high against the mean? This is the paper's question: masked segments hold the \
excerpt's mean. Where that lies on the original's side of the threshold, a perfect answer names the causes. Where it \
lies beyond the excerpt, on the target's side, what counts speaks against the prediction, and a perfect answer ranks \
it last. If all segments count, what stands out from the mean is ranked first. Where both segments of XOR are alike, \
neither has a Shapley value.

*shapley-insertion* has no baseline, and answers the first question in any case."""


def known_answers(material: Material) -> str:
    """Show what each exact method gets, by detector, question and direction; directions that are alike share a row."""
    records = material.records[material.records["metric"] == METRIC.name]
    if records.empty:
        return NOTHING
    known = records.assign(direction=records["direction"].map(direction_in_words))
    scores = known.pivot_table("value", ["variant", "direction"], "explainer")
    rows: dict[tuple[str, ...], list[str]] = {}
    for variant, direction, *values in scores.reset_index().itertuples(index=False):
        detector, _, question = plain(variant).partition(", ")
        rows.setdefault((detector, question, *map(_cell, values)), []).append(direction)
    cells = [[row[0], row[1], _directions(directions), *row[2:]] for row, directions in rows.items()]
    return table(["detector", "question", "direction", *map(plain, scores.columns)], cells, texts=(0, 1, 2))


def _cell(value: float) -> str:
    return NOTHING if pd.isna(value) else f"{100 * value:z.0f}"


def _directions(directions: list[str]) -> str:
    return directions[0] if len(directions) == 1 else "both"


METRIC = Metric(
    "known_answer",
    NO_K,
    Range(high=1),
    "normalised flip",
    'what an exact method gets for a detector whose answer is known; variant = "detector, question"',
)
SECTION = Section("What a perfect explainer gets", INTRODUCTION, known_answers, metrics=(METRIC,))
