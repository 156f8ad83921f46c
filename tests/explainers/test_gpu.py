"""Every explainer names the same segments where the detector is on a GPU."""

import numpy as np
import pytest

from veracity_bench.explainers.contract.catalogue import BUILT_IN
from veracity_bench.explainers.contract.registry import load_explainer
from veracity_bench.explainers.contract.toy_classifiers import noise_excerpt, toy_instance
from veracity_bench.models.detectors.build import build_detector

SMOOTHED_BY_THE_DEVICES_GENERATOR = {"smooth-grad"}


def explain(name, detector):
    seen = toy_instance(detector, noise_excerpt((2, 5, 9)))
    return np.asarray(load_explainer(name, samples=256)(seen, np.random.default_rng(0)))


@pytest.mark.parametrize("name", [entry.name for entry in BUILT_IN])
def test_weights(gpu, name):
    detector = build_detector("cnn-2015").eval()
    here = explain(name, detector)
    there = explain(name, detector.to(gpu))
    assert np.corrcoef(here, there)[0, 1] > (0.8 if name in SMOOTHED_BY_THE_DEVICES_GENERATOR else 0.999)
