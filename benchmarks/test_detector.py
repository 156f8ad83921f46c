"""How often does the detector err, and how far do training runs differ in it? (section 4.2)

A detector's scores were measured once, when it was trained, on all test songs of this very corpus: its key holds their
contents, the front end and the recipe, so weights that were scored on anything else are not found.
"""

import math
from collections.abc import Callable

from veracity_bench.fixtures.detectors.weights import TrainedDetector
from veracity_bench.fixtures.signatures import Record
from veracity_bench.models.detectors.training import Recipe

METRICS = ("error", "recall", "specificity", "auc")


def test_detector(training_run: Recipe, trained_by: Callable[[Recipe], TrainedDetector], record: Record) -> None:
    """Record how often the detector of a training run is right, frame by frame, and its threshold."""
    detector = trained_by(training_run)
    scores = {metric: getattr(detector.scores["test"], metric) for metric in METRICS}
    for metric, value in (scores | {"threshold": detector.threshold}).items():
        if not math.isnan(value):  # where songs are sung throughout, for one, there is no specificity
            record(None, metric, value, variant=f"seed {training_run.seed}")
