"""LIME's stability, measured in this process on a detector whose exact explanation is known."""

from contextlib import nullcontext
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from veracity_bench.benchmarks import test_stability as stability
from veracity_bench.benchmarks.metrics import descending
from veracity_bench.explainers.contract.toy_classifiers import linear_classifier
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.detectors.weights import TrainedDetector
from veracity_bench.fixtures.explanations.explanations import Explanations
from veracity_bench.fixtures.explanations.games import Games
from veracity_bench.fixtures.explanations.in_process import InProcessRunner
from veracity_bench.models.direction import TO_SING
from veracity_bench.models.games.segments import PAPER_GRID

LOUDNESS = np.random.default_rng(0).permutation(20) - 5.0  # of the segments: the mean is 4.5, the minimum -5
EXCERPT = LOUDNESS[PAPER_GRID.map].astype(np.float32)
CASE = Case("waveform", TO_SING, "song", 0, 99, EXCERPT - 1, EXCERPT, 5, 20.0)
SUBTESTS = SimpleNamespace(test=lambda case: nullcontext())


def rank(case, weights):
    return descending(weights, np.random.default_rng(0))


@pytest.fixture
def explanations():
    """Explain a logit of 0.004 x loudness, summed over segments: so near 0, the probability is a quarter of it."""
    module = linear_classifier(np.full((115, 80), 0.004 / 460))
    detector = TrainedDetector("toy", module, 0.5, {}, "toy", "made by hand")
    return Explanations(detector, 512, 0, Games(detector), InProcessRunner(), None)


@pytest.fixture
def recorded():
    """Return a function that writes down rows, and the rows."""
    rows = []

    def record(case, metric, value, **columns):
        rows.append({"metric": metric, "value": value, **columns})

    return record, rows


def test_all_seeds_explain_what_is_linear_alike(monkeypatch, explanations, recorded):
    monkeypatch.setattr(stability, "SAMPLES", (256, 1024, 4096))
    record, rows = recorded
    seeds, run = set(), explanations.in_process
    explanations.in_process = lambda request, detector: seeds.add(request.seed) or run(request, detector)
    stability.test_seeds([CASE], explanations, rank, record, SUBTESTS)
    table = pd.DataFrame(rows).pivot_table("value", "samples", "metric")
    assert len(rows) == 9
    assert (table["stability_overlap"] == 1).all()
    assert (table["stability_correlation"] > 0.98).all()
    far, near, nearest = table["stability_distance"]
    assert far > 2 * near > 4 * nearest > 0
    assert len(seeds) == stability.SEEDS
