"""What is recorded of an attacked excerpt, measured in this process on a detector that is computed by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from veracity_bench.benchmarks import test_attack as attack
from veracity_bench.explainers.contract.toy_classifiers import linear_classifier
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.detectors.weights import TrainedDetector
from veracity_bench.fixtures.explanations.games import Games
from veracity_bench.models.direction import DIRECTIONS


@pytest.mark.parametrize(
    ("direction", "original", "adversarial"), [("nosing_to_sing", 1.0, 5.0), ("sing_to_nosing", 5.0, 1.0)]
)
def test_the_part_of_the_way_before_the_threshold_by_hand(direction, original, adversarial, subtests):
    """The logit is the mean, and the threshold a logit of 2: a quarter of the way from 1 to 5, three of that back."""
    module = linear_classifier(np.full((115, 80), 1 / 9200))
    detector = TrainedDetector("toy", module, 1 / (1 + np.exp(-2)), {}, "toy", "made by hand")
    ends = (np.full((115, 80), logit, dtype=np.float32) for logit in (original, adversarial))
    case = Case("waveform", DIRECTIONS[direction], "song", 0, 99, *ends, 5, 20.0)
    recorded = {}
    attack.test_attack(
        SimpleNamespace(cases=[case]),
        lambda case_set: None,
        lambda case: None,
        Games(detector),
        detector,
        lambda case, metric, value: recorded.update({metric: value}),
        subtests,
    )
    expected = 0.25 if direction == "nosing_to_sing" else 0.75
    assert recorded == {"iterations": 5, "snr": 20.0, "threshold_share": pytest.approx(expected, abs=1e-5)}
