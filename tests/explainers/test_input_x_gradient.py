import numpy as np
from toys import Loudness

from veracity_bench.explainers.contract.toy_classifiers import noise_excerpt, toy_instance
from veracity_bench.explainers.input_x_gradient import InputXGradient
from veracity_bench.models.games.segments import PAPER_GRID


def rng():
    return np.random.default_rng(0)


def test_input_times_gradient_counts_from_the_baseline():
    """From log-mel 0, the weights of a loud segment would be negative, since log-mel is."""
    seen = toy_instance(Loudness((7,)), noise_excerpt((7,)))
    weights = InputXGradient()(seen, rng())
    assert weights[7] > 0
    expected = PAPER_GRID.sums((seen.spectrogram - seen.baseline) * seen.detector.weight.detach().numpy())
    np.testing.assert_allclose(weights, expected, atol=1e-4)
