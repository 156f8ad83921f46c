"""The built-in detector at another threshold: the same network, more or less ready to find singing.

veracity-bench run --classifier 'examples.classifiers.threshold:load(threshold=0.65)'
"""

from dataclasses import replace
from pathlib import Path

from veracity_bench import Classifier, load_detector


def load(threshold: float, weights: str = "") -> Classifier:
    """Return the detector of a weights file, or the shipped one; `threshold` is a probability of "sing"."""
    detector = load_detector(Path(weights) if weights else None)
    return replace(detector, threshold=threshold).classifier
