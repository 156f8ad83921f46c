"""Attacks by the published settings, on white noise and through the front end."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from attacked_excerpts import attack, change
from toys import Loudness

from veracity_bench.models.attacks.attack import ATTACKS
from veracity_bench.models.audio.log_mel import EXCERPT_SAMPLES, LogMel
from veracity_bench.models.direction import TO_NOSING, TO_SING
from veracity_bench.models.games.segments import PAPER_GRID

DOMAINS = pytest.mark.parametrize("domain", sorted(ATTACKS))


def noise(n, level, seed=0):
    return level * torch.randn(n, EXCERPT_SAMPLES, generator=torch.Generator().manual_seed(seed))


@DOMAINS
@pytest.mark.parametrize(("direction", "level"), [(TO_SING, 0.0006), (TO_NOSING, 0.0015)])
def test_real_excerpts_flip_within_bounds(domain, direction, level):
    settings = replace(ATTACKS[domain], iterations=60)
    outcomes = attack(Loudness(), noise(2, level), settings, direction=direction, wanted=2)
    assert [outcome.flipped for outcome in outcomes] == [True, True]
    for outcome in outcomes:
        assert 0 < outcome.iterations < 60
        assert outcome.margin >= settings.confidence
        assert 0 < np.abs(change(outcome)).max() <= settings.epsilon * (1 + 1e-6)
        logit = Loudness()(outcome.adversarial_representation[None]).item()
        assert logit * direction.sign == pytest.approx(outcome.margin, abs=1e-3)
        assert Loudness()(outcome.clean_representation[None]).item() * direction.sign < 0


def test_the_stored_forms_belong_together():
    audio = noise(1, 0.0006)
    (wave,) = attack(Loudness(), audio, replace(ATTACKS["waveform"], iterations=60))
    (spectrogram,) = attack(Loudness(), audio, replace(ATTACKS["spectrogram"], iterations=60))
    front_end = LogMel()
    assert torch.equal(wave.clean, audio[0])
    assert torch.equal(spectrogram.clean, front_end.magnitude(audio)[0])
    torch.testing.assert_close(wave.adversarial_representation, front_end(wave.adversarial[None])[0])
    torch.testing.assert_close(spectrogram.adversarial_representation, front_end.log_mel(spectrogram.adversarial))
    torch.testing.assert_close(wave.clean_representation, spectrogram.clean_representation)


def test_only_what_the_detector_takes_in_is_perturbed():
    """Segments 9 and 10 are frames 46 to 68 and bands 20 to 59: other magnitudes have no gradient."""
    (outcome,) = attack(Loudness((9, 10)), noise(1, 0.0006), replace(ATTACKS["spectrogram"], iterations=60))
    changed = outcome.adversarial != outcome.clean
    assert changed[46:69].any(dim=1).all()
    assert not changed[:46].any()
    assert not changed[69:].any()


@DOMAINS
def test_a_confined_attack_changes_nothing_else(domain):
    """The detector's input is the original elsewhere, and within the segment what the perturbation sounds like."""
    settings = replace(ATTACKS[domain], iterations=60)
    inside = torch.from_numpy(PAPER_GRID.map == 9)
    (outcome,) = attack(Loudness((9, 10)), noise(1, 0.0006), settings, masks=[inside.float()])
    assert outcome.flipped
    expected = settings.representation(LogMel(), outcome.adversarial[None])[0]
    assert torch.equal(outcome.adversarial_representation[~inside], outcome.clean_representation[~inside])
    torch.testing.assert_close(outcome.adversarial_representation[inside], expected[inside])
    if domain == "spectrogram":
        changed = (outcome.adversarial != outcome.clean).any(dim=1)
        assert not changed[~inside.any(dim=1)].any(), "where nothing passes the mask there is no gradient"


@DOMAINS
def test_the_first_update_is_the_sign_of_the_gradient(domain):
    settings = replace(ATTACKS[domain], iterations=1, confidence=100.0)
    (outcome,) = attack(Loudness(), noise(1, 0.0006), settings)
    x = outcome.clean[None].requires_grad_()
    log_mel = LogMel()(x) if domain == "waveform" else LogMel().log_mel(x)
    (slope,) = torch.autograd.grad(Loudness()(log_mel).sum(), x)
    expected = (outcome.clean + settings.eta * slope[0].sign()).detach()
    torch.testing.assert_close(outcome.adversarial, expected, rtol=0, atol=1e-8)


@DOMAINS
def test_an_attack_can_be_repeated(domain):
    settings = replace(ATTACKS[domain], iterations=30)
    first, again = (attack(Loudness(), noise(1, 0.0015), settings, direction=TO_NOSING)[0] for _ in range(2))
    assert torch.equal(first.adversarial, again.adversarial)
    assert (first.margin, first.iterations, first.snr) == (again.margin, again.iterations, again.snr)


def test_the_published_settings():
    wave, spectrogram = ATTACKS["waveform"], ATTACKS["spectrogram"]
    assert (wave.epsilon, wave.eta, wave.alpha, wave.iterations) == (0.01, 0.0003, 2, 1000)
    assert (spectrogram.epsilon, spectrogram.eta, spectrogram.alpha, spectrogram.iterations) == (0.1, 0.0005, 15, 1000)
