"""How far is it to the threshold? flip@3 by the part of the logit's way that a set of segments has to make."""

from itertools import pairwise
from math import inf

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, label, percent, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.metrics import NO_K, SHARES, Metric
from veracity_bench.reports.scores import board_rows, measures, songs
from veracity_bench.reports.scores.measures import Measure

INTRODUCTION = """\
From the original to the adversarial excerpt the logit goes a way, and the threshold lies somewhere on it: near the \
original, where the detector was unsure from the start or the attack went far past the threshold, or near the \
adversarial excerpt. Segments flip the prediction if they make the part before the threshold. Here is flip@3 by \
how large that part is, in percent of the excerpts: compare runs at the same part, not only as a whole."""

SHARE = Measure("part before the threshold", "threshold_share")
BOUNDS = (0, 0.25, 0.5, 0.75, 1)
PARTS = [f"{100 * low:g} to {100 * high:g} %" for low, high in pairwise(BOUNDS)]


def by_part(material: Material) -> str:
    """Show flip@3 of every explainer, by the part of the way that lies before the threshold."""
    known = SHARE.select(material.records)
    flips = board_rows.with_scores(material.records, measures.FLIP_AT_3)
    if known.empty or not flips:
        return NOTHING
    within = (-inf, *BOUNDS[1:-1], inf)  # rounding may put a share beside 0 or 1
    parts = pd.cut(known.set_index(songs.CASE)["value"], within, right=False, labels=PARTS).rename("part")
    rows = [[label(name), *_cells(group.join(parts, on=songs.CASE))] for name, group in flips.items()]
    excerpts = ["excerpts", *map(str, parts.value_counts()[PARTS])]
    return table(["explainer", *PARTS], [excerpts, *rows])


def _cells(records: pd.DataFrame) -> list[str]:
    return [percent(measures.FLIP_AT_3.estimate(records[records["part"] == part])) for part in PARTS]


SECTION = Section(
    "How far is it to the threshold?",
    INTRODUCTION,
    by_part,
    metrics=(
        Metric(
            "threshold_share",
            NO_K,
            SHARES,
            "share",
            "of the logit's way from the original to the adversarial excerpt, the part that lies before the threshold",
        ),
    ),
)
