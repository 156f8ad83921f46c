"""What all built-in explainers that ask about coalitions, or slide windows, have in common."""

import random

import numpy as np
import pytest
import torch
from given_games import SIX, playing, uneven

from veracity_bench.explainers.contract.catalogue import BLACK, BUILT_IN
from veracity_bench.explainers.contract.registry import load_explainer
from veracity_bench.explainers.contract.toy_classifiers import (
    linear_classifier,
    loudness_classifier,
    noise_excerpt,
    toy_instance,
)
from veracity_bench.models.games.segments import PAPER_GRID
from veracity_bench.models.plugins import NamingError

NAMES = [entry.name for entry in BUILT_IN if entry.access == BLACK]
SAMPLERS = ["lime", "lime-captum", "kernel-shap", "permutation-shap", "sampling-shap", "rise"]
ADDITIVE = ["kernel-shap", "permutation-shap", "partition-shap", "sampling-shap", "feature-ablation", "leave-one-in"]
OF_THE_GAME = sorted({*NAMES} - {"occlusion"})


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("name", NAMES)
def test_the_only_segment_that_is_heard_comes_first(name):
    weights = load_explainer(name, 256)(toy_instance(loudness_classifier((7,)), noise_excerpt((7,))), rng())
    assert weights.shape == (20,)
    assert weights.argmax() == 7
    assert weights[7] > 0


@pytest.mark.parametrize("name", NAMES)
def test_a_segment_against_singing_comes_last(name):
    weights = load_explainer(name, 256)(toy_instance(loudness_classifier(negative=(14,)), noise_excerpt((14,))), rng())
    assert weights.argmin() == 14
    assert weights[14] < 0


@pytest.mark.parametrize("name", ADDITIVE)
@pytest.mark.parametrize("partition", [PAPER_GRID, SIX], ids=["20 segments", "6 segments"])
def test_the_logit_of_a_linear_detector_is_shared_out_exactly(name, partition):
    coefficients = rng(1).normal(size=(115, 80)) / 100
    seen = toy_instance(linear_classifier(coefficients, bias=0.3), noise_excerpt((2, 5), seed=4), partition)
    weights = load_explainer(f"{name}(output='logit')", 300)(seen, rng())
    expected = partition.sums(coefficients * (seen.spectrogram - seen.baseline))
    np.testing.assert_allclose(weights, expected, atol=2e-5 * np.abs(expected).max() + 1e-5)


@pytest.mark.parametrize(
    ("name", "samples", "queries"),
    [
        ("lime", 200, 200),
        ("lime-captum", 200, 200),
        ("kernel-shap", 200, 200),
        ("permutation-shap", 200, 4 * 41),
        ("permutation-shap", 16, 41),  # one order is the least
        ("partition-shap", 200, 200),
        ("partition-shap", 201, 200),
        ("partition-shap", 8192, 300),  # all that there is to ask
        ("sampling-shap", 200, 198),
        ("sampling-shap", 16, 82),  # two orders per segment are the least
        ("sampling-shap", 8192, 8190),
        ("rise", 200, 200),
        ("feature-ablation", 200, 21),
        ("leave-one-in", 200, 21),
    ],
)
def test_queries(name, samples, queries):
    seen, asked = playing(uneven)
    load_explainer(name, samples)(seen, rng())
    assert len(asked) == queries


@pytest.mark.parametrize("name", NAMES)
def test_one_seed_gives_one_explanation_bit_for_bit(name):
    seen = toy_instance(loudness_classifier((3, 7)), noise_excerpt((7,))) if name == "occlusion" else playing(uneven)[0]
    first, again = (load_explainer(name, 100)(seen, rng(5)) for _ in range(2))
    np.testing.assert_array_equal(first, again)


@pytest.mark.parametrize("name", SAMPLERS)
def test_other_seeds_draw_other_samples(name):
    seen, _ = playing(uneven)
    first, other = (load_explainer(name, 100)(seen, rng(seed)) for seed in (5, 6))
    assert np.abs(first - other).max() > 1e-4


@pytest.mark.parametrize("name", NAMES)
def test_global_generators_stay_as_they_are(name):
    seen = toy_instance(loudness_classifier((7,)), noise_excerpt((7,)))
    before = random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state().tolist()  # noqa: NPY002
    load_explainer(name, 64)(seen, rng())
    assert (random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state().tolist()) == before  # noqa: NPY002


@pytest.mark.parametrize("name", OF_THE_GAME)
@pytest.mark.parametrize("partition", [PAPER_GRID, SIX], ids=["20 segments", "6 segments"])
def test_where_nothing_matters_nothing_weighs(name, partition):
    seen, _ = playing(lambda masks: np.full(len(masks), 0.7), partition)
    weights = load_explainer(name, 256)(seen, rng())
    np.testing.assert_allclose(weights, np.zeros(partition.n_segments), atol=1e-6)


@pytest.mark.parametrize("name", OF_THE_GAME)
def test_more_samples_than_coalitions(name):
    seen, _ = playing(uneven, SIX)
    weights = load_explainer(name, 8192)(seen, rng())
    assert weights.shape == (6,)
    assert np.isfinite(weights).all()
    assert np.ptp(weights) > 0


MEANINGLESS = ["lime(kernel_width=-1)", "rise(samples=0)", "occlusion(strides=(0, 10))", "smooth-grad(passes=0)"]


@pytest.mark.parametrize("name", [*MEANINGLESS, "lime(samples=abc)", "gradient-shap(noise=-1)"])
def test_settings_that_make_no_sense_are_refused(name):
    with pytest.raises(NamingError, match="it must be"):
        load_explainer(name, 8)
