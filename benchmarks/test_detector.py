"""How well does the detector hear singing, and how far do training runs differ in it? (section 4.2)

A detector's scores were measured once, when it was trained, on all test songs of this very corpus: its key holds their
contents, the front end and the recipe, so weights that were scored on anything else are not found.
"""

import math

METRICS = ("error", "recall", "specificity", "auc")


def test_detector(training_run, trained_by, record):
    """Record how often the detector of a training run is right, frame by frame, and its threshold."""
    detector = trained_by(training_run)
    scores = {metric: getattr(detector.scores["test"], metric) for metric in METRICS}
    for metric, value in (scores | {"threshold": detector.threshold}).items():
        if not math.isnan(value):  # the labels of songs that are sung throughout, say, know of no specificity
            record(None, metric, value, variant=f"seed {training_run.seed}")
