import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lime.lime_base import LimeBase
from lime.lime_image import LimeImageExplainer
from toys import Loudness

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.lime import Lime
from veracity_bench.models.games.segment_game import SegmentGame
from veracity_bench.models.games.segments import PAPER_GRID, Grid
from veracity_bench.models.games.solutions.neighbourhood import cosine_distances, draw_masks, kernel


def ridge(masks, probabilities):
    """Weighted ridge regression (alpha = 1, intercept not penalised) by its normal equations; weights and R^2."""
    w = kernel(cosine_distances(masks))
    centred = masks - np.average(masks, axis=0, weights=w)
    y = probabilities - np.average(probabilities, weights=w)
    weights = np.linalg.solve(centred.T @ (w[:, None] * centred) + np.eye(masks.shape[1]), centred.T @ (w * y))
    return weights, 1 - np.sum(w * (y - centred @ weights) ** 2) / np.sum(w * y**2)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 25), st.integers(0, 2**31))
def test_regression_agrees_with_the_normal_equations(n_segments, seed):
    """With six segments and fewer as well, where lime by default selects features."""
    rng = np.random.default_rng(seed)
    masks, probabilities = draw_masks(200, n_segments, rng), rng.random(200)
    weights, score = Lime().regress(masks, probabilities)
    expected, expected_score = ridge(masks, probabilities)
    np.testing.assert_allclose(weights, expected, atol=1e-8)
    assert score == pytest.approx(expected_score, abs=1e-8)


@pytest.mark.parametrize("grid", [PAPER_GRID, Grid(time=2, frequency=3)], ids=["20 segments", "6 segments"])
def test_agrees_with_limes_image_explainer_on_the_same_masks(grid):
    """Let lime draw its own masks from images whose value tells the mask, then give ours the same ones."""
    powers = 2.0 ** np.arange(grid.n_segments)
    value = np.random.default_rng(1).random(2**12)
    seen = []

    def classify(images):
        present = np.array([[image[grid.map == s].all() for s in range(grid.n_segments)] for image in images])
        seen.extend(present.astype(float))
        probabilities = value[(present @ powers).astype(int) % len(value)]
        return np.stack([1 - probabilities, probabilities], axis=1)

    image = np.ones((*grid.map.shape, 3))
    explanation = LimeImageExplainer(kernel_width=0.25, random_state=2).explain_instance(
        image,
        classify,
        labels=(1,),
        hide_color=0,
        top_labels=None,
        num_features=1000,
        num_samples=300,
        segmentation_fn=lambda image: grid.map,
    )
    masks = np.array(seen)
    weights, score = Lime().regress(masks, value[(masks @ powers).astype(int) % len(value)])
    expected = dict(explanation.local_exp[1])
    np.testing.assert_allclose(weights, [expected[s] for s in range(grid.n_segments)], atol=1e-10)
    assert score == pytest.approx(explanation.score[1] if isinstance(explanation.score, dict) else explanation.score)


def test_recovers_a_linear_game():
    """Up to the shrinkage of the ridge, which 8192 samples leave small."""
    rng = np.random.default_rng(0)
    truth = rng.uniform(-0.05, 0.05, 20)
    masks = draw_masks(8192, 20, rng)
    weights, score = Lime().regress(masks, 0.5 + masks @ truth)
    np.testing.assert_allclose(weights, truth, atol=1e-3)
    assert score > 0.999


def test_a_constant_detector_has_no_weights():
    masks = draw_masks(500, 20, np.random.default_rng(0))
    np.testing.assert_allclose(Lime().regress(masks, np.full(500, 0.7))[0], 0, atol=1e-12)


def instance_of(detector, spectrogram):
    baseline = np.full_like(spectrogram, spectrogram.mean())
    game = SegmentGame(detector, PAPER_GRID, baseline, spectrogram)
    return Instance(spectrogram, baseline, PAPER_GRID, game.logits, detector)


def test_finds_the_only_segment_that_is_heard():
    spectrogram = np.random.default_rng(0).normal(-5, 0.5, (115, 80)).astype(np.float32)
    spectrogram[PAPER_GRID.map == 7] += 3
    weights = Lime(samples=256)(instance_of(Loudness((7,), level=-4), spectrogram), np.random.default_rng(0))
    assert weights.shape == (20,)
    assert weights.argmax() == 7
    assert weights[7] > 10 * np.abs(np.delete(weights, 7)).max()


def test_segments_that_speak_against_singing_weigh_less_than_nothing():
    spectrogram = np.full((115, 80), -4, np.float32)
    spectrogram[PAPER_GRID.map == 3] = -8
    weights = Lime(samples=256)(instance_of(Loudness((3, 4), level=-5), spectrogram), np.random.default_rng(0))
    assert weights.argmin() == 3
    assert weights[3] < -0.1


def test_asks_for_as_many_predictions_as_samples():
    asked = []

    def logits(masks):
        asked.append(len(masks))
        return np.full(len(masks), 0.5)

    empty = np.zeros((115, 80), np.float32)
    Lime(samples=77)(Instance(empty, empty, PAPER_GRID, logits, None), np.random.default_rng(0))
    assert sum(asked) == 77


def test_the_published_settings():
    assert repr(Lime()) == "Lime(output='probability', samples=8192, kernel_width=0.25)"


def test_limes_default_selects_segments_and_sorts_them_and_ours_does_neither():
    """Six features or fewer, and lime takes the most telling ones, by size of weight."""
    slope = -0.1 * 0.8 ** np.arange(20)[::-1]
    masks = draw_masks(2000, 20, np.random.default_rng(0))
    base = LimeBase(kernel, random_state=0)
    default = base.explain_instance_with_data(masks, masks @ slope[:, None], cosine_distances(masks), 0, 6)[1]
    assert len(default) == 6
    assert [segment for segment, _ in default] == [19, 18, 17, 16, 15, 14]
    np.testing.assert_allclose(Lime().regress(masks, masks @ slope)[0], slope, atol=1e-3)
