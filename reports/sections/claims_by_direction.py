"""Which of the paper's conclusions hold in either direction? Pooled, a claim may hold for the one direction alone."""

import pandas as pd

from veracity_bench.reports.layout.markdown import titled
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.conditions import direction_in_words
from veracity_bench.reports.scores import board_rows
from veracity_bench.reports.scores.judgements import Judgement
from veracity_bench.reports.sections.paper_claims import judged_by_direction, verdict_table

INTRODUCTION = """\
The same claims by the same rule, each direction by itself: half of the excerpts decide less than all, and each \
direction has corrections of its own. Drawings (figure 1) exist in one direction only."""


def by_direction(material: Material) -> str:
    """Show the verdicts of every explainer, a table for each direction."""
    records = material.records
    parts = {
        direction_in_words(direction): verdict_table(_in_order(judged, records))
        for direction, judged in judged_by_direction(material).items()
    }
    return titled(parts)


def _in_order(judged: dict[str, list[Judgement]], records: pd.DataFrame) -> dict[str, list[Judgement]]:
    return {name: judged[name] for name in board_rows.explainers(records) if name in judged}


SECTION = Section("The paper's claims by direction", INTRODUCTION, by_direction)
