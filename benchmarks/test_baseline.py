"""Can masking explain the prediction at all? Where all segments are masked, the baseline alone is left.

If the detector predicts the target from the baseline alone, no segment is needed for that prediction, and no set of
segments explains it by masking the others.
"""

import pytest

from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.explanations.games import Games
from veracity_bench.fixtures.signatures import Record


def test_baseline(cases: list[Case], games: Games, record: Record, subtests: pytest.Subtests) -> None:
    """Mask all segments: how far does the logit lie past the threshold, towards the target? One forward pass a case."""
    for case in cases:
        with subtests.test(case=case.index):
            record(case, "baseline_margin", games.baseline_margin(case))
