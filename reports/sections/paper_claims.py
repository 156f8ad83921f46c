"""Which of the paper's conclusions hold on these records, for LIME and for the other explainers?"""

from collections.abc import Sequence

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, decimal, percent, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.rows import LIME, REFERENCES
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.claims import CLAIMS, Claim
from veracity_bench.reports.scores.verdicts import Evidence, Verdict, joint
from veracity_bench.reports.statistics.estimates import ENOUGH

INTRODUCTION = f"""\
The six conclusions of the paper, drawn for LIME on Jamendo, tested for every explainer on these excerpts. A claim \
holds if the 95 % interval over songs lies on its side of the bar, does not hold if it lies on the other side, and is \
undecided if it contains the bar or if fewer than {ENOUGH} songs stand behind it."""


def judge(records: pd.DataFrame) -> dict[str, list[Sequence[Evidence]]]:
    """Collect the evidence for each of the claims, for every explainer in the order of the board."""
    rows = scores.by_explainer(scores.measured(records))
    return {name: [claim.evidence(rows, name) for claim in CLAIMS] for name in rows if name not in REFERENCES}


def claims(material: Material) -> str:
    """State of every claim whether it holds for LIME, with the figures, and in a table for which others."""
    judged = judge(material.records)
    rows = [[name, *map(joint, evidence)] for name, evidence in judged.items()]
    if all(verdict == Verdict.UNKNOWN for _, *verdicts in rows for verdict in verdicts):
        return NOTHING
    known = judged.get(LIME)
    words = [
        _claim(claim) if known is None else f"{_claim(claim)} {_verdict(known[place])}"
        for place, claim in enumerate(CLAIMS)
    ]
    headers = ["explainer", *(claim.place.lower() for claim in CLAIMS)]
    return "\n\n".join(["\n".join(words), table(headers, rows, texts=range(len(headers)))])


def _claim(claim: Claim) -> str:
    return f"- **{claim.place}. {claim.title}.** Bar: {claim.bar}."


def _verdict(evidence: Sequence[Evidence]) -> str:
    verdict = joint(evidence)
    if verdict == Verdict.UNKNOWN:
        return f"For {LIME}: not measured."
    outcome = "is **undecided**" if verdict == Verdict.UNDECIDED else f"**{verdict}**"
    return f"For {LIME} it {outcome}: {', '.join(map(in_words, evidence))}."


def in_words(evidence: Evidence) -> str:
    """Write what was measured and its number, with the interval."""
    show = percent if evidence.share else decimal
    return f"{evidence.what} {show(evidence.estimate)}"


SECTION = Section("The paper's claims here", INTRODUCTION, claims)
