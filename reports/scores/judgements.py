"""What the records decide about each conclusion of the paper, for every explainer."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from veracity_bench.reports.measurements.rows import REFERENCES
from veracity_bench.reports.scores import board_rows, measured_cases
from veracity_bench.reports.scores.board_rows import FACTS, Rows
from veracity_bench.reports.scores.claims import CLAIMS, Claim
from veracity_bench.reports.scores.twins import twins
from veracity_bench.reports.scores.verdicts import Evidence, Verdict, verdicts


@dataclass(frozen=True, eq=False)
class Judgement:
    """The verdict on a claim for an explainer, and the evidence that it rests on."""

    verdict: Verdict
    evidence: Sequence[Evidence]


def judge(records: pd.DataFrame, claims: Sequence[Claim] = CLAIMS) -> dict[str, list[Judgement]]:
    """Judge claims, each as one family of tests, for every explainer in the order of the board."""
    rows, same = _rows(records, claims), twins(records)
    names = [name for name in rows if name not in (*REFERENCES, FACTS)]
    families = [{name: claim.evidence(rows, name) for name in names} for claim in claims]
    decided = [verdicts(family, same) for family in families]
    return {
        name: [Judgement(own[name], family[name]) for own, family in zip(decided, families, strict=True)]
        for name in names
    }


def _rows(records: pd.DataFrame, claims: Sequence[Claim]) -> Rows:
    """Split what these claims rest on by explainer: of many songs, all records would take gigabytes."""
    needed = board_rows.with_facts(
        records[records["metric"].isin({metric for claim in claims for metric in claim.metrics})]
    )
    nothing = records.iloc[:0]
    names = board_rows.explainers(measured_cases.measured(records))
    rows = Rows({name: needed.get(name, nothing) for name in (*names, FACTS)})
    rows.n_segments = board_rows.n_segments(records)
    return rows
