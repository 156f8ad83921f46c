"""The paper's claims here: which of its conclusions hold for LIME on these records, and for which other explainers."""

from collections.abc import Sequence

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, table
from veracity_bench.reports.measurements.rows import LIME, REFERENCES
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.claims import CLAIMS, Claim
from veracity_bench.reports.scores.verdicts import Evidence, Verdict, joint
from veracity_bench.reports.statistics.estimates import ENOUGH

INTRODUCTION = """\
The six conclusions of the paper, drawn for LIME on Jamendo, asked of every explainer on these excerpts. A claim holds \
if the 95 % interval over songs lies on its side of the bar, does not hold if it lies on the other side, and is \
undecided if it contains the bar or if fewer than {enough} songs stand behind it."""


def judge(records: pd.DataFrame) -> dict[str, list[Sequence[Evidence]]]:
    """Collect the evidence for each of the claims, for every explainer in the order of the board."""
    rows = scores.by_explainer(scores.measured(records))
    return {name: [claim.evidence(rows, name) for claim in CLAIMS] for name in rows if name not in REFERENCES}


def claims(records: pd.DataFrame, explainer: str = LIME) -> str:
    """Say of every claim whether it holds for an explainer, with the figures, and in a table for which others."""
    judged = judge(records)
    rows = [[name, *map(joint, evidence)] for name, evidence in judged.items()]
    if all(verdict == Verdict.UNKNOWN for _, *verdicts in rows for verdict in verdicts):
        return NOTHING
    known = judged.get(explainer)
    words = [
        _says(claim) if known is None else f"{_says(claim)} {_told(explainer, known[place])}"
        for place, claim in enumerate(CLAIMS)
    ]
    headers = ["explainer", *(claim.place.lower() for claim in CLAIMS)]
    return "\n\n".join(
        [INTRODUCTION.format(enough=ENOUGH), "\n".join(words), table(headers, rows, texts=range(len(headers)))]
    )


def _says(claim: Claim) -> str:
    return f"- **{claim.place}. {claim.title}.** Bar: {claim.bar}."


def _told(explainer: str, evidence: Sequence[Evidence]) -> str:
    verdict = joint(evidence)
    if verdict == Verdict.UNKNOWN:
        return f"For {explainer}: not measured."
    says = "is **undecided**" if verdict == Verdict.UNDECIDED else f"**{verdict}**"
    return f"For {explainer} it {says}: {', '.join(map(str, evidence))}."
