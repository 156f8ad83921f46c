import dataclasses

import numpy as np
import pytest
from given_games import SIX
from scipy.special import expit

from veracity_bench.explainers.contract.toy_classifiers import (
    linear_classifier,
    loudness_classifier,
    noise_excerpt,
    toy_instance,
)
from veracity_bench.explainers.occlusion import Occlusion
from veracity_bench.models.games.segments import PAPER_GRID


def by_hand(score, seen, window, strides):
    """Mean drop of the score over the windows that hide a bin, those at the edges cropped; summed over segments."""
    total, count = np.zeros((115, 80)), np.zeros((115, 80))
    for frame in range(0, 115 - window[0] + strides[0], strides[0]):
        for band in range(0, 80 - window[1] + strides[1], strides[1]):
            hidden = np.s_[frame : frame + window[0], band : band + window[1]]
            occluded = seen.spectrogram.copy()
            occluded[hidden] = seen.baseline[hidden]
            total[hidden] += score(seen.spectrogram) - score(occluded)
            count[hidden] += 1
    return seen.partition.sums(total / count)


@pytest.mark.parametrize("output", ["probability", "logit"])
@pytest.mark.parametrize("partition", [PAPER_GRID, SIX], ids=["20 segments", "6 segments"])
@pytest.mark.parametrize(("window", "strides"), [((23, 20), (12, 10)), ((40, 16), (40, 9))])
def test_agrees_with_windows_slid_by_hand(output, partition, window, strides):
    coefficients = np.random.default_rng(1).normal(size=(115, 80)) / 100
    seen = toy_instance(linear_classifier(coefficients, bias=0.3), noise_excerpt((2, 5)), partition)

    def score(spectrogram):
        logit = np.sum(coefficients * spectrogram) + 0.3
        return expit(logit) if output == "probability" else logit

    weights = Occlusion(output=output, window=window, strides=strides)(seen, np.random.default_rng(0))
    expected = by_hand(score, seen, window, strides)
    np.testing.assert_allclose(weights, expected, atol=1e-4 * np.abs(expected).max())


def test_windows_that_are_segments_give_feature_ablation_times_the_size():
    seen = toy_instance(loudness_classifier((3, 8)), noise_excerpt((8,)))
    weights = Occlusion(strides=(23, 20))(seen, np.random.default_rng(0))
    alone = seen.predict(np.ones((1, 20))) - seen.predict(1 - np.eye(20))
    np.testing.assert_allclose(weights, 23 * 20 * alone, atol=1e-3)


def test_sixty_four_forward_passes_and_no_query_of_the_game():
    seen = toy_instance(loudness_classifier((3,)), noise_excerpt((3,)))
    passes = []
    seen.detector.register_forward_hook(lambda module, inputs, output: passes.append(len(output)))
    Occlusion()(dataclasses.replace(seen, logits=None), np.random.default_rng(0))
    assert sum(passes) == 9 * 7 + 1
    assert max(passes) == 4


def test_repr():
    assert repr(Occlusion()) == "Occlusion(output='probability', window=(23, 20), strides=(12, 10))"
