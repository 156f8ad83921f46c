"""Explanations against several baseline values, measured in this process on a detector that is linear."""

from contextlib import nullcontext
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from veracity_bench.benchmarks import test_baseline_values as study
from veracity_bench.explainers.contract.toy_classifiers import linear_classifier
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.detectors.weights import TrainedDetector
from veracity_bench.fixtures.explanations.clear_excerpts import BaselineError
from veracity_bench.fixtures.explanations.explanations import Explanations
from veracity_bench.fixtures.explanations.games import Games
from veracity_bench.fixtures.explanations.in_process import InProcessRunner
from veracity_bench.models.direction import TO_SING
from veracity_bench.models.games.segments import PAPER_GRID

LOUDNESS = np.random.default_rng(0).permutation(20) - 5.0  # of the segments: the mean is 4.5, the minimum -5
EXCERPT = LOUDNESS[PAPER_GRID.map].astype(np.float32)
CASE = Case("waveform", TO_SING, "song", 0, 99, EXCERPT - 1, EXCERPT, 5, 20.0)
SUBTESTS = SimpleNamespace(test=lambda case: nullcontext())
# A logit of 0.004 x loudness, summed over segments: so near 0, the probability is a quarter of it.
DETECTOR = TrainedDetector("toy", linear_classifier(np.full((115, 80), 0.004 / 460)), 0.5, {}, "toy", "made by hand")


@pytest.fixture
def study_of():
    """Return what runs a test of the study on the case: it returns the weights explained and the rows recorded."""
    explanations = Explanations(DETECTOR, 512, 0, Games(DETECTOR), InProcessRunner(), None)
    explained, rows = [], []

    def flip_curve(case, weights):
        explained.append(weights)
        return np.ones(20, bool)

    def record(case, metric, value, **columns):
        rows.append({"metric": metric, "value": value, **columns})

    def run(test, **fixtures):
        record_value = study.record_value.__wrapped__(explanations, flip_curve, record)
        test(study_cases=[CASE], record_value=record_value, subtests=SUBTESTS, **fixtures)
        return explained, pd.DataFrame(rows)

    return run


def test_a_segment_weighs_by_how_much_louder_it_is_than_the_baseline_value(study_of):
    explained, rows = study_of(study.test_baseline_values)
    for weights, value in zip(explained, (4.5, 0, -5), strict=True):
        np.testing.assert_allclose(weights, 0.001 * (LOUDNESS - value), atol=1e-3)
    margins = rows[rows["metric"] == "content_margin"].set_index("variant")["value"]
    assert margins.to_dict() == pytest.approx({"mean": 0.36, "zero": 0, "min": -0.4}, abs=1e-5)
    counts = rows.groupby(["metric", "variant"]).size()
    assert counts.to_dict() == {
        (metric, variant): n
        for metric, n in (("content_flip", 20), ("content_correlation", 1), ("content_margin", 1))
        for variant in ("mean", "zero", "min")
    }


def test_an_excerpt_of_the_other_class_is_one_more_baseline(study_of):
    other = np.where(PAPER_GRID.map == 7, EXCERPT - 100, EXCERPT)  # it differs in segment 7 alone
    explained, rows = study_of(study.test_other_class, baseline_value=lambda name: lambda excerpt: other)
    np.testing.assert_allclose(explained[0], np.where(np.arange(20) == 7, 0.1, 0), atol=5e-3)
    assert set(rows["variant"]) == {"other-class"}


def test_without_such_an_excerpt_the_study_of_it_is_skipped(study_of):
    def none(name):
        raise BaselineError("toy places no training excerpt of 'sing' there")

    with pytest.raises(pytest.skip.Exception, match="places no training excerpt"):
        study_of(study.test_other_class, baseline_value=none)
