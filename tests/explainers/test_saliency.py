import numpy as np
import torch
from scipy.special import expit
from smooth_detectors import Square
from toys import Loudness

from veracity_bench.explainers.contract.toy_classifiers import noise_excerpt, toy_instance
from veracity_bench.explainers.saliency import Saliency
from veracity_bench.models.games.segments import PAPER_GRID


def rng():
    return np.random.default_rng(0)


def test_saliency_keeps_the_sign():
    """Which captum drops by default: the gradient is the excerpt, which is negative."""
    seen = toy_instance(Square(), noise_excerpt((3,)))
    weights = Saliency()(seen, rng())
    np.testing.assert_allclose(weights, PAPER_GRID.sums(seen.spectrogram), rtol=1e-5)
    assert (weights < 0).all()


def test_saliency_of_the_probability_is_that_of_the_logit_times_the_slope_of_the_sigmoid():
    seen = toy_instance(Loudness((7,), level=-2.1), noise_excerpt((7,)))
    logit = seen.detector(torch.from_numpy(seen.spectrogram[None])).item()
    slope = expit(logit) * expit(-logit)
    expected = slope * Saliency()(seen, rng())
    np.testing.assert_allclose(Saliency(output="probability")(seen, rng()), expected, rtol=1e-4)


def test_settings_are_shown():
    assert repr(Saliency()) == "Saliency(output='logit')"
