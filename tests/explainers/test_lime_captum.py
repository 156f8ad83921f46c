import captum.attr
import numpy as np
import pytest
import torch
from captum.attr._core.lime import get_exp_kernel_similarity_function
from given_games import SIX, playing, uneven
from scipy.special import expit
from sklearn.linear_model import Ridge

from veracity_bench.explainers.lime import Lime
from veracity_bench.explainers.lime_captum import CaptumLime
from veracity_bench.models.games.segments import PAPER_GRID
from veracity_bench.models.games.solutions.neighbourhood import cosine_distances, draw_masks, kernel

SMALL = np.linspace(0.005, 0.035, 20)  # what each segment adds to the output


@pytest.mark.parametrize("partition", [PAPER_GRID, SIX], ids=["20 segments", "6 segments"])
def test_agrees_with_lime_and_with_sklearn_on_the_same_masks(partition):
    seen, asked = playing(uneven, partition)
    weights = CaptumLime(samples=400)(seen, np.random.default_rng(0))
    masks = np.array(asked)
    outputs = expit(uneven(masks))
    ridge = Ridge(alpha=1.0).fit(masks, outputs, sample_weight=kernel(cosine_distances(masks)))
    np.testing.assert_allclose(weights, Lime().regress(masks, outputs)[0], atol=1e-5)
    np.testing.assert_allclose(weights, ridge.coef_, atol=1e-5)


def test_masks_are_drawn_with_probability_one_half():
    seen, asked = playing(uneven)
    CaptumLime(samples=2000)(seen, np.random.default_rng(0))
    assert np.mean(asked) == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(40_000))
    assert len(np.unique(asked, axis=0)) > 1900


def test_the_kernel_is_the_one_that_captum_computes():
    similarity = get_exp_kernel_similarity_function("cosine", kernel_width=0.25)
    masks = np.vstack([draw_masks(20, 20, np.random.default_rng(0)), np.zeros(20), np.eye(20)[:1]])
    ours = CaptumLime()._similarity(20)
    for mask in torch.tensor(masks, dtype=torch.float32)[:, None]:
        assert ours(None, None, mask) == pytest.approx(similarity(torch.ones(1, 20), mask, None), abs=1e-6)


def test_captums_default_silences_segments_and_ours_does_not():
    seen, _ = playing(lambda masks: masks @ SMALL)
    torch.manual_seed(0)
    default = captum.attr.Lime(lambda masks: masks @ torch.tensor(SMALL, dtype=torch.float32)).attribute(
        torch.ones(1, 20), n_samples=500, perturbations_per_eval=500
    )
    weights = CaptumLime(samples=500, output="logit")(seen, np.random.default_rng(0))
    assert (default == 0).sum() >= 10
    np.testing.assert_allclose(weights, SMALL, rtol=0.05)


def test_repr():
    assert repr(CaptumLime()) == "CaptumLime(output='probability', samples=8192, kernel_width=0.25)"
