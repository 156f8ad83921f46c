"""On whose side is the baseline? What the detector predicts where all segments are masked."""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, number, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.conditions import conditions
from veracity_bench.reports.measurements.metrics import NO_K, NUMBERS, Metric
from veracity_bench.reports.scores.measures import Measure

INTRODUCTION = """\
What the detector predicts of the baseline alone, where all segments are masked. **Target's side**: it predicts what \
the attack aimed at, without any segment of the excerpt; no set of segments can then explain the prediction by masking \
the others, whatever the explainer. **Origin's side**: some set of segments must make the difference. The margin is \
how far the logit lies past the threshold, towards the target (median)."""

MARGIN = Measure("median margin", "baseline_margin")


def sides(material: Material) -> str:
    """Count the excerpts on either side, by condition."""
    records = MARGIN.select(material.records)
    if records.empty:
        return NOTHING
    groups = {condition.words: condition.select(records) for condition in conditions(material.records)}
    rows = [[title, *_cells(group)] for title, group in {**groups, "all": records}.items()]
    return table(["attack", "excerpts", "on the target's side", "on the origin's side", MARGIN.title], rows)


def _cells(records: pd.DataFrame) -> list[str]:
    on_target = int((records["value"] > 0).sum())
    counts = (len(records), on_target, len(records) - on_target)
    return [*map(str, counts), number(MARGIN.median(records), "+.1f")]


SECTION = Section(
    "On whose side is the baseline?",
    INTRODUCTION,
    sides,
    metrics=(
        Metric(
            "baseline_margin",
            NO_K,
            NUMBERS,
            "logit",
            "of the excerpt with all segments masked, minus the threshold's, signed towards the target: above 0 the "
            "baseline alone is predicted as the target",
        ),
    ),
)
