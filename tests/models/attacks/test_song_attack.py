import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

import veracity_bench.models.attacks.song_attack
from veracity_bench.models.attacks.attack import ATTACKS, Attack
from veracity_bench.models.attacks.song_attack import attack_song, fully_convolutional
from veracity_bench.models.audio.log_mel import CONTEXT, LogMel, song_magnitude
from veracity_bench.models.detectors.errors import DetectorError
from veracity_bench.models.detectors.fully_convolutional import song_logits

BY_HAND = Attack(domain="waveform", epsilon=0.25, eta=0.1, alpha=1000.0, iterations=20, confidence=0.0, scope="song")
DOMAINS = pytest.mark.parametrize("domain", sorted(ATTACKS))


class Transparent(nn.Module):
    """Stands for LogMel: one sample per frame, which fills all of its bands."""

    def forward(self, audio):
        return audio[..., None].expand(*audio.shape, 80)


@pytest.fixture
def transparent(monkeypatch):
    monkeypatch.setattr(veracity_bench.models.attacks.song_attack, "LogMel", Transparent)
    monkeypatch.setattr(veracity_bench.models.attacks.song_attack, "reflect", lambda audio: audio)


def linear(weights, bias=0.0):
    """The detector sum(weights * log-mel) + bias: weights (115, 80)."""
    dense = nn.Linear(115 * 80, 1)
    dense.weight.data = torch.as_tensor(weights, dtype=torch.float32).reshape(1, -1)
    dense.bias.data.fill_(bias)
    return nn.Sequential(nn.Unflatten(1, (1, 115)), nn.Flatten(), dense, nn.Flatten(0))


def centre(slope=1.0, bias=0.0):
    """The detector of the first band of the centre frame."""
    weights = np.zeros((115, 80))
    weights[CONTEXT, 0] = slope
    return linear(weights, bias)


def attack(detector, audio, settings=BY_HAND, threshold=0.0, **options):
    return attack_song(detector, torch.as_tensor(audio, dtype=torch.float32), settings, threshold=threshold, **options)


@pytest.mark.usefixtures("transparent")
def test_the_first_step_is_eta_along_the_sign_against_every_frames_own_prediction():
    """Adam's first step is eta * g / sqrt(g^2). The first frame is to fall, the others are to rise."""
    audio = [3.0, -3.0, -0.05, -0.08]
    outcome = attack(centre(), audio, replace(BY_HAND, iterations=1))
    np.testing.assert_allclose(outcome.adversarial - torch.tensor(audio), [-0.1, 0.1, 0.1, 0.1], atol=1e-6)
    np.testing.assert_allclose(outcome.margin, [-2.9, -2.9, 0.05, 0.02], atol=1e-6)
    assert outcome.iterations == 1


@pytest.mark.usefixtures("transparent")
def test_steps_by_hand_until_the_last_frame_has_flipped():
    """While signs stay, Adam takes equal steps: 0.05 - 0.1, and 0.2 - 0.1 - 0.1 - 0.05, clipped at 0.25."""
    audio = [0.05, 0.2, -0.01]
    outcome = attack(centre(), audio)
    assert outcome.iterations == 3
    np.testing.assert_allclose(outcome.adversarial - torch.tensor(audio), [-0.25, -0.25, 0.25], atol=1e-6)
    np.testing.assert_allclose(outcome.margin, [0.2, 0.05, 0.24], atol=1e-6)
    ratio = (0.05**2 + 0.2**2 + 0.01**2) / (3 * 0.25**2)
    assert outcome.snr == pytest.approx(10 * math.log10(ratio), abs=1e-4)


@pytest.mark.usefixtures("transparent")
def test_adam_remembers_the_signs():
    """The size outweighs the loss after one step, so the sign turns: Adam slows down where sign descent returns.

    The first step is 0.1; then the mean of the signs is 0.9 * -0.1 + 0.1 * 1 = 0.01, over 1 - 0.9^2 = 0.19.
    """
    settings = replace(BY_HAND, alpha=0.1, iterations=2)
    outcome = attack(centre(), [-0.2], settings)
    np.testing.assert_allclose(outcome.adversarial, [-0.2 + 0.1 - 0.1 * 0.01 / 0.19], atol=1e-6)


@pytest.mark.usefixtures("transparent")
def test_alpha_weighs_the_mean_over_all_frames():
    """At 0.3 - 0.1 the loss of a frame pulls by alpha * 0.55 / frames, its size by 2 * 0.1, the other way."""
    for others, alpha, turns in (([], 0.35, True), ([], 0.38, False), ([-9.0], 0.38, True), ([-9.0], 0.76, False)):
        settings = replace(BY_HAND, alpha=alpha, iterations=2)
        first = attack(centre(), [0.3, *others], settings).adversarial[0]
        assert (first > 0.15) == turns


@pytest.mark.usefixtures("transparent")
def test_what_never_flips_ends_clipped_after_all_updates():
    outcome = attack(centre(), [5.0, -0.01], replace(BY_HAND, iterations=7))
    assert outcome.iterations == 7
    np.testing.assert_allclose(outcome.adversarial, [4.75, 0.24], atol=1e-6)
    assert (outcome.margin > 0).tolist() == [False, True]


@pytest.mark.usefixtures("transparent")
def test_threshold_and_confidence_move_the_goal():
    """From 0.95 down past 1 - 0.9 = 0.05, to the other side by more than 0.1: two steps."""
    outcome = attack(centre(), [0.95], replace(BY_HAND, confidence=0.1), threshold=0.9)
    assert outcome.iterations == 2
    assert outcome.margin.item() == pytest.approx(0.15, abs=1e-6)


def noise(seconds=2.4):
    """Quiet, then loud."""
    samples = torch.randn(int(22050 * seconds), generator=torch.Generator().manual_seed(0))
    gain = torch.full_like(samples, 0.0006)
    gain[len(samples) // 2 :] = 0.0015
    return gain * samples


def loudness():
    """Hear the mean log-mel of the 23 frames in the middle, above -4.2 as "sing"."""
    weights = np.zeros((115, 80))
    weights[46:69, 20:60] = 8 / (23 * 40)
    return linear(weights, 8 * 4.2)


@DOMAINS
def test_real_songs_flip_within_bounds(domain):
    settings = replace(ATTACKS[domain], alpha=1e6, iterations=12, confidence=0.5, scope="song")
    audio = noise()
    outcome = attack(loudness(), audio, settings)
    clean = audio if domain == "waveform" else song_magnitude(audio.numpy())
    assert outcome.adversarial.shape == clean.shape
    assert 0 < (outcome.adversarial - clean).abs().max() <= settings.epsilon * (1 + 1e-5)
    magnitude = song_magnitude(outcome.adversarial.numpy()) if domain == "waveform" else outcome.adversarial
    before, after = (
        song_logits(loudness(), LogMel().log_mel(each)) for each in (song_magnitude(audio.numpy()), magnitude)
    )
    assert 0 < (before > 0).sum() < len(before)
    torch.testing.assert_close(outcome.margin, torch.where(before > 0, -after, after), rtol=0, atol=2e-3)
    assert (outcome.margin > 0.5).float().mean() > 0.3


@DOMAINS
def test_blocks_and_one_piece_agree(domain):
    settings = replace(ATTACKS[domain], alpha=1e6, iterations=2, scope="song")
    whole = attack(loudness(), noise(), settings, block=10_000)
    blocks = attack(loudness(), noise(), settings, block=50)
    assert len(whole.margin) == 169
    torch.testing.assert_close(blocks.margin, whole.margin, rtol=0, atol=1e-3)
    different = (blocks.adversarial - whole.adversarial).abs() > 1e-7
    assert different.float().mean() < 1e-3, "only where a gradient is as good as zero, its sign may differ"


def test_silence_around_a_song_stays_silent():
    """Its log is floored, so it has no slope: the frames of padding are perturbed in name only."""
    settings = replace(ATTACKS["spectrogram"], alpha=1e6, iterations=1, scope="song")
    audio = torch.zeros(22050)
    outcome = attack(loudness(), audio, settings)
    assert (outcome.adversarial == song_magnitude(audio.numpy())).all()
    assert outcome.snr != outcome.snr, "no signal and no noise"


def test_a_detector_that_cannot_take_songs_is_refused():
    averaging = nn.Sequential(nn.Unflatten(1, (1, 115)), nn.AvgPool2d(5), nn.Flatten(), nn.Linear(368, 1))
    with pytest.raises(DetectorError, match=r"cannot take whole songs, so attack their excerpts: no fully .*AvgPool"):
        fully_convolutional(averaging)
