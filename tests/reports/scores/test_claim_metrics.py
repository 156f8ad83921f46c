"""Claims are judged on the metrics that they name: on a run that has all of them, nothing else changes the evidence."""

from pathlib import Path

import pytest

from veracity_bench.reports.measurements.records import read_run
from veracity_bench.reports.scores import board_rows, measured_cases
from veracity_bench.reports.scores.claims import CLAIMS
from veracity_bench.reports.scores.judgements import judge

RUN = Path(__file__).parents[3] / "reports" / "published" / "synthetic-quick"
SHOWN = ("lime", "saliency", "", "random", "oracle", "delta-norm")


@pytest.fixture(scope="module")
def records():
    everything, _ = read_run(RUN)
    return everything[everything["explainer"].isin(SHOWN)]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.place)
def test_the_metrics_that_a_claim_names_are_all_that_it_rests_on(claim, records):
    rows = board_rows.with_facts(measured_cases.measured(records))
    for name, (judgement,) in judge(records, [claim]).items():
        estimates = [piece.estimate for piece in claim.evidence(rows, name)]
        assert [piece.estimate for piece in judgement.evidence] == estimates
        assert any(estimate is not None for estimate in estimates) or claim.place == "Figure 4"
