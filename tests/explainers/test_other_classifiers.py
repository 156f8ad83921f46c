"""The built-in explainers on classifiers of other shapes and classes than the paper's."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from veracity_bench.explainers.contract.catalogue import BUILT_IN
from veracity_bench.explainers.contract.checks import CHECKS, violation
from veracity_bench.explainers.contract.instance import NotApplicableError
from veracity_bench.explainers.contract.registry import load_explainer
from veracity_bench.explainers.contract.toy_sounds import (
    SAMPLE_RATE,
    classifier_of_several_classes,
    sound_instance,
    toy_classes,
    toy_waveform,
)
from veracity_bench.explainers.occlusion import Occlusion
from veracity_bench.explainers.shap_samplers import hierarchy
from veracity_bench.models.games.segments import PAPER_GRID
from veracity_bench.models.games.sound import sound_segments
from veracity_bench.models.games.stretches import faded_stretches
from veracity_bench.models.rules import Tag

RNG = np.random.default_rng(0)
TOYS = {"waveform": toy_waveform()[1], "classes": toy_classes()[1]}


def explained(name, instance):
    return load_explainer(name, 128)(instance, np.random.default_rng(0))


@pytest.mark.parametrize("kind", TOYS)
@pytest.mark.parametrize("entry", BUILT_IN, ids=lambda entry: entry.name)
def test_every_explainer_weighs_segments_of_any_shape(entry, kind):
    weights = explained(entry.name, TOYS[kind])
    assert weights.shape == (TOYS[kind].n_segments,)
    assert np.isfinite(weights).all()
    assert np.ptp(weights) > 0


@pytest.mark.parametrize("name", ["deep-lift", "deep-shap", "integrated-gradients"])
@pytest.mark.parametrize("kind", TOYS)
def test_what_adds_up_does_so_for_one_of_several_classes(name, kind):
    instance = TOYS[kind]
    worth = float(np.diff(instance.logits([[0] * instance.n_segments, [1] * instance.n_segments]))[0])
    assert explained(name, instance).sum() == pytest.approx(worth, abs=0.05 * max(1, abs(worth)))


@pytest.mark.parametrize("kind", TOYS)
def test_lrp_without_gamma_is_gradient_times_difference(kind):
    np.testing.assert_allclose(
        explained("lrp(gamma=0)", TOYS[kind]), explained("input-x-gradient", TOYS[kind]), rtol=1e-2, atol=1e-3
    )


def test_lrp_takes_a_tag():
    classifier = replace(classifier_of_several_classes(), rule=Tag("middle"))
    instance = sound_instance(classifier, TOYS["classes"].partition, 1)
    np.testing.assert_allclose(
        explained("lrp(gamma=0)", instance), explained("input-x-gradient", instance), rtol=1e-2, atol=1e-3
    )


def test_maps_of_a_front_end_are_none_of_the_sound():
    classifier = classifier_of_several_classes().on_sound()
    instance = sound_instance(classifier, sound_segments(classifier.shape[0], SAMPLE_RATE, 2, 2), 2)
    for name in ("grad-cam", "guided-grad-cam"):
        with pytest.raises(NotApplicableError, match="class activation maps lie along the front end's axes"):
            explained(name, instance)


class InChunks(nn.Module):
    """Takes the chunks of an excerpt for so many excerpts, as recognisers of streams do."""

    def __init__(self):
        super().__init__()
        self.convolution = nn.Conv1d(1, 2, 9)

    def forward(self, audio):
        chunks = audio.unflatten(1, (4, -1)).flatten(0, 1)
        return self.convolution(chunks[:, None]).square().mean((1, 2)).unflatten(0, (-1, 4)).mean(1)


@pytest.mark.parametrize("name", ["grad-cam", "guided-grad-cam"])
def test_maps_of_chunks_are_none_of_the_excerpt(name):
    with pytest.raises(NotApplicableError, match="sees excerpts whole, not 4 parts of one"):
        explained(name, replace(TOYS["waveform"], detector=InChunks().eval()))


def test_the_window_has_the_paper_s_share_of_any_representation():
    """A mean of samples: a window takes what its share of a segment is worth."""
    flat = replace(
        TOYS["waveform"],
        partition=faded_stretches(1600, 5, 0),
        spectrogram=np.ones(1600, np.float32),
        baseline=np.zeros(1600, np.float32),
        detector=torch.nn.Sequential(torch.nn.Unflatten(1, (1, 1600)), torch.nn.AvgPool1d(1600), torch.nn.Flatten(0)),
    )
    weights = Occlusion(output="logit")(flat, RNG)
    assert weights[2] == pytest.approx(320 * 0.2, rel=0.01), "each sample is hidden with a fifth of all"


def test_centres_of_segments_lie_along_all_axes():
    tree = hierarchy(faded_stretches(1600, 4, 20).shares)
    assert {tuple(sorted(pair)) for pair in tree[:2, :2]} == {(0, 1), (2, 3)}
    assert hierarchy(PAPER_GRID.shares).shape == (19, 4)


@pytest.mark.parametrize(
    "check", [check for check in CHECKS if "learns" in check.__name__ or "one_finite" in check.__name__]
)
def test_what_has_a_fit_is_checked_with_what_it_learns(check):
    assert violation(check, "learners:Loudest") == ""


def test_a_fit_that_draws_elsewhere_is_a_violation():
    (check,) = (check for check in CHECKS if "learns" in check.__name__)
    assert "draws random numbers in its fit" in violation(check, "learners:forgetful")
