"""On whose side the baseline lies, measured in this process on a detector that is computed by hand."""

import numpy as np
import pytest

from veracity_bench.benchmarks import test_baseline as baseline
from veracity_bench.explainers.contract.toy_classifiers import linear_classifier
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.detectors.weights import TrainedDetector
from veracity_bench.fixtures.explanations.games import Games
from veracity_bench.models.direction import DIRECTIONS

EXCERPT = np.repeat(np.linspace(-6, -2, 115, dtype=np.float32)[:, None], 80, axis=1)  # its mean is -4


@pytest.mark.parametrize(("direction", "margin"), [("nosing_to_sing", 1), ("sing_to_nosing", -1)])
def test_the_margin_of_a_baseline_by_hand(direction, margin, subtests):
    """The logit is the mean + 7, so 3 of the baseline, and the threshold a logit of 2."""
    module = linear_classifier(np.full((115, 80), 1 / 9200), bias=7.0)
    detector = TrainedDetector("toy", module, 1 / (1 + np.exp(-2)), {}, "toy", "made by hand")
    case = Case("waveform", DIRECTIONS[direction], "song", 0, 99, EXCERPT - 1, EXCERPT, 5, 20.0)
    recorded = []
    baseline.test_baseline([case], Games(detector), lambda *row: recorded.append(row), subtests)
    ((_, metric, value),) = recorded
    assert metric == "baseline_margin"
    assert value == pytest.approx(margin, abs=1e-4)
