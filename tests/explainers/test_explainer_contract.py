"""The contract, for every built-in explainer: a newcomer in the registry is tested at once."""

import numpy as np
import pytest
from toys import Loudness

from explainers.base import Instance, checked_weights
from explainers.registry import BUILT_IN, load_explainer
from models.game import SegmentGame
from models.segments import PAPER_GRID

SAMPLES = 256
PLANTED = 13

pytestmark = pytest.mark.parametrize("name", sorted(BUILT_IN))


def spectrogram(planted=PLANTED, seed=0):
    """Noise with one loud segment."""
    noise = np.random.default_rng(seed).normal(-5, 0.5, (115, 80)).astype(np.float32)
    return np.where(PAPER_GRID.map == planted, noise + 3, noise)


def instance(excerpt, segments=(PLANTED,)):
    """What an explainer sees of an excerpt; the detector listens to some segments only."""
    detector = Loudness(segments, level=-4).eval()
    baseline = np.full_like(excerpt, excerpt.mean())
    game = SegmentGame(detector, PAPER_GRID, baseline, excerpt)
    return Instance(excerpt, PAPER_GRID.map, baseline, game.probabilities, detector)


def explain(explainer, seen, seed=0):
    return np.asarray(explainer(seen, np.random.default_rng(seed)))


def test_one_finite_weight_per_segment(name):
    weights = explain(load_explainer(name, SAMPLES), instance(spectrogram()))
    assert np.ptp(checked_weights(name, weights, 20)) > 0


def test_the_planted_segment_comes_first(name):
    weights = explain(load_explainer(name, SAMPLES), instance(spectrogram()))
    assert weights.argmax() == PLANTED
    assert weights[PLANTED] > 0


def test_a_segment_against_singing_comes_last(name):
    """The detector hears the planted segment and a quiet one."""
    excerpt = spectrogram()
    excerpt[PAPER_GRID.map == 2] -= 3
    weights = explain(load_explainer(name, SAMPLES), instance(excerpt, segments=(2, PLANTED)))
    assert (weights.argmin(), weights.argmax()) == (2, PLANTED)
    assert weights[2] < 0


def test_one_generator_gives_one_explanation(name):
    first, again = (explain(load_explainer(name, SAMPLES), instance(spectrogram())) for _ in range(2))
    np.testing.assert_array_equal(first, again)


def test_the_order_of_calls_changes_nothing(name):
    explainer = load_explainer(name, SAMPLES)
    excerpts = [instance(spectrogram(seed=seed)) for seed in range(2)]
    forth = [explain(explainer, excerpt) for excerpt in excerpts]
    back = [explain(explainer, excerpt) for excerpt in reversed(excerpts)]
    np.testing.assert_array_equal(forth, back[::-1])


def test_the_global_generators_have_no_say(name):
    explainer = load_explainer(name, SAMPLES)
    np.random.seed(1)  # noqa: NPY002 - the very thing that must not matter
    first = explain(explainer, instance(spectrogram()))
    np.random.seed(2)  # noqa: NPY002
    np.testing.assert_array_equal(first, explain(explainer, instance(spectrogram())))


def test_the_instance_is_left_as_it_was(name):
    seen = instance(spectrogram())
    before = [array.copy() for array in (seen.spectrogram, seen.segments, seen.baseline)]
    state = {key: value.clone() for key, value in seen.detector.state_dict().items()}
    explain(load_explainer(name, SAMPLES), seen)
    for array, copy in zip((seen.spectrogram, seen.segments, seen.baseline), before, strict=True):
        np.testing.assert_array_equal(array, copy)
    assert all((seen.detector.state_dict()[key] == value).all() for key, value in state.items())
    assert not seen.detector.training
    hooks = [m for m in seen.detector.modules() if m._forward_hooks or m._forward_pre_hooks or m._backward_hooks]
    assert hooks == []


def test_the_name_of_the_row_shows_its_settings(name):
    assert "object at 0x" not in repr(load_explainer(name, SAMPLES))
