"""Which of the paper's conclusions are about explainers, and which about the question that they are asked?"""

from collections.abc import Mapping, Sequence

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, table, titled
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.conditions import direction_in_words, directions
from veracity_bench.reports.scores import board_rows
from veracity_bench.reports.scores.claims import CLAIMS
from veracity_bench.reports.scores.contrastive_records import USUAL, as_usual
from veracity_bench.reports.scores.judgements import Judgement, judge
from veracity_bench.reports.sections.paper_claims import judged_parts

INTRODUCTION = """\
The claims on flips and planted segments, judged by the same rule under both questions: with the run's **baseline**, \
as in the paper, and with the **original** excerpt as the baseline (the contrastive question, which is about what the \
attack changed). A claim that holds with the baseline and does not hold with the original is about the question; one \
that holds with both is about the explainer. The ceiling of figure 3 is that of the run's baseline: with the original, \
more than it can be found."""

PLACES = [place for place, claim in enumerate(CLAIMS) if claim.place in ("Table 1", "Figure 2", "Figure 3")]
BOTH = [CLAIMS[place] for place in PLACES]

Judged = Mapping[str, Sequence[Judgement]]


def by_question(material: Material) -> str:
    """Show the verdicts of every explainer under both questions, over all conditions and in each direction."""
    records = material.records
    if not records["metric"].isin(USUAL).any():
        return NOTHING
    parts = {"": records} | {direction: records[records["direction"] == direction] for direction in directions(records)}
    known = {name: part for name, part in parts.items() if part["metric"].isin(USUAL).any()}
    usual = judged_parts(material)
    return titled({direction_in_words(name) if name else "": _part(part, usual[name]) for name, part in known.items()})


def _part(records: pd.DataFrame, judged: Judged) -> str:
    usual = {name: [own[place] for place in PLACES] for name, own in judged.items()}
    return _verdicts(board_rows.explainers(records), usual, judge(as_usual(records), BOTH))


def _verdicts(names: Sequence[str], usual: Judged, contrastive: Judged) -> str:
    headers = [f"{claim.place.lower()}, {base}" for claim in BOTH for base in ("baseline", "original")]
    rows = [
        [name, *(judged[name][place].verdict for place in range(len(BOTH)) for judged in (usual, contrastive))]
        for name in names
        if name in usual and name in contrastive
    ]
    return table(["explainer", *headers], rows, texts=range(1 + len(headers)))


SECTION = Section("The paper's claims by question", INTRODUCTION, by_question)
