from pathlib import Path

import librosa
import numpy as np
import pytest
import torch

from veracity_bench.fixtures.corpora.audio import read_audio
from veracity_bench.models.audio.log_mel import (
    BLOCK,
    CONTEXT,
    EXCERPT_FRAMES,
    EXCERPT_SAMPLES,
    FLOOR,
    HOP,
    SAMPLE_RATE,
    LogMel,
    excerpts,
    pad_context,
    reflect,
    song_log_mel,
    song_magnitude,
)

OPEN_SONGS = Path(__file__).parents[4] / "shared" / "corpora" / "open-songs" / "audio"


def librosa_log_mel(audio):
    """The same front end, by librosa alone."""
    magnitude = np.abs(librosa.stft(audio, n_fft=1024, hop_length=315, window="hann", center=True, pad_mode="reflect"))
    filters = librosa.filters.mel(sr=22050, n_fft=1024, n_mels=80, fmin=27.5, fmax=8000, htk=True, norm=1)
    return np.log(np.maximum(1e-7, filters @ magnitude)).T


def log_mel_of(audio):
    return LogMel().log_mel(song_magnitude(audio)).numpy()


@pytest.fixture
def audio():
    """Three seconds: noise, silence, a loud tone."""
    rng = np.random.default_rng(0)
    seconds = [0.1 * rng.standard_normal(SAMPLE_RATE), np.zeros(SAMPLE_RATE)]
    tone = 0.9 * np.sin(2 * np.pi * 440 * np.arange(SAMPLE_RATE) / SAMPLE_RATE)
    return np.concatenate([*seconds, tone]).astype(np.float32)


def test_equals_librosa_on_noise_silence_and_a_tone(audio):
    np.testing.assert_allclose(log_mel_of(audio), librosa_log_mel(audio.astype(np.float64)), atol=1e-4)


def test_equals_librosa_on_music():
    songs = sorted(OPEN_SONGS.glob("*.ogg"))
    if not songs:
        pytest.skip("there is no real music beside the repository")
    audio = read_audio(songs[0])[: 20 * SAMPLE_RATE]
    np.testing.assert_allclose(log_mel_of(audio), librosa_log_mel(audio.astype(np.float64)), atol=1e-4)


def test_silence_is_the_floor():
    np.testing.assert_allclose(log_mel_of(np.zeros(SAMPLE_RATE)), np.log(FLOOR), rtol=1e-6)


def test_a_tone_is_loudest_in_the_band_around_it():
    centres = librosa.mel_frequencies(82, fmin=27.5, fmax=8000, htk=True)[1:-1]
    for band in (20, 50, 79):
        tone = np.sin(2 * np.pi * centres[band] * np.arange(SAMPLE_RATE) / SAMPLE_RATE)
        assert set(log_mel_of(tone)[5:-5].argmax(axis=1)) == {band}


def test_a_gain_of_two_adds_its_logarithm(audio):
    noise = audio[:SAMPLE_RATE]
    np.testing.assert_allclose(log_mel_of(2 * noise) - log_mel_of(noise), np.log(2), atol=1e-4)


def test_the_gradient_reaches_every_sample_but_the_first():
    """The window is zero at its first sample, where the first frame begins."""
    audio = (0.1 * torch.randn(2, 2048, generator=torch.Generator().manual_seed(0))).requires_grad_()
    LogMel()(audio).sum().backward()
    n_frames = 1 + (2048 - 1024) // HOP
    seen = slice(1, (n_frames - 1) * HOP + 1024)
    assert torch.isfinite(audio.grad).all()
    assert (audio.grad[:, seen] != 0).all()
    assert (audio.grad[:, 0] == 0).all()


def test_the_gradient_is_the_slope():
    audio = 0.1 * torch.randn(1, 1024, generator=torch.Generator().manual_seed(0))
    read_out = torch.linspace(-1, 1, 80)
    (gradient,) = torch.autograd.grad((LogMel()(audio.requires_grad_()) * read_out).sum(), audio)
    step = 1e-3 * torch.nn.functional.normalize(gradient)
    rise = ((LogMel()(audio + step) - LogMel()(audio - step)) * read_out).sum()
    assert rise.item() == pytest.approx(2 * (gradient * step).sum().item(), rel=0.02)


def test_the_gradient_in_silence_is_zero():
    """Below the floor nothing moves; above all, nothing is NaN."""
    audio = torch.zeros(1, 2048, requires_grad=True)
    LogMel()(audio).sum().backward()
    assert (audio.grad == 0).all()


@pytest.mark.parametrize("frame", [59, 75, 100, 140])
def test_an_excerpt_of_the_audio_is_an_excerpt_of_the_song(audio, frame):
    start = 315 * (frame - 57) - 512
    alone = LogMel()(torch.from_numpy(audio[None, start : start + EXCERPT_SAMPLES]))[0]
    assert alone.shape == (EXCERPT_FRAMES, 80)
    whole = log_mel_of(audio)[frame - CONTEXT : frame + CONTEXT + 1]
    np.testing.assert_allclose(alone.numpy(), whole, atol=1e-5)


def test_every_frame_is_the_centre_of_its_padded_excerpt():
    frames = torch.arange(200.0)[:, None].expand(200, 80)
    views = excerpts(pad_context(frames))
    assert views.shape == (200, 115, 80)
    assert torch.equal(views[:, 57], frames)
    assert (views[0, :57] == np.float32(np.log(1e-7))).all()
    assert (views[199, 58:] == np.float32(np.log(1e-7))).all()


@pytest.mark.parametrize("frames", [BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 1])
def test_a_song_in_blocks_equals_the_whole_to_the_last_bit(frames):
    audio = np.random.default_rng(0).uniform(-1, 1, (frames - 1) * HOP + 7).astype(np.float32)
    whole = LogMel()(reflect(torch.from_numpy(audio))[None])[0]
    assert torch.equal(song_log_mel(audio), whole)
    assert torch.equal(LogMel().log_mel(song_magnitude(audio)), whole)


def test_a_song_has_a_frame_every_315_samples():
    assert song_magnitude(np.zeros(10 * HOP)).shape == (11, 513)
    assert song_magnitude(np.zeros(10 * HOP + 314)).shape == (11, 513)
