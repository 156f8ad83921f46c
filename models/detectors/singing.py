"""The paper's singing voice detector as a classifier: a network behind the built-in front end."""

from torch import nn

from veracity_bench.models.audio.log_mel import EXCERPT_SAMPLES, SAMPLE_RATE, LogMel
from veracity_bench.models.classifier import Classifier
from veracity_bench.models.devices import device_of
from veracity_bench.models.direction import CLASSES
from veracity_bench.models.rules import Threshold


def singing_classifier(network: nn.Module, threshold: float = 0.0) -> Classifier:
    """Return the classifier of a network, log-mel (n, 115, 80) -> logits (n,); `threshold` is a logit."""
    return Classifier(
        network=network,
        front_end=LogMel().to(device_of(network)),
        sample_rate=SAMPLE_RATE,
        samples=EXCERPT_SAMPLES,
        classes=CLASSES,
        rule=Threshold(threshold),
    )
