import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import veracity_bench.models.audio.augmentation
from veracity_bench.models.audio.augmentation import (
    MEL_BINS,
    SOURCE_BINS,
    SOURCE_CONTEXT,
    augment,
    stretch_shift,
)
from veracity_bench.models.audio.log_mel import CONTEXT, EXCERPT_FRAMES, FRAME_LEN, SAMPLE_RATE

SOURCE_FRAMES = 2 * SOURCE_CONTEXT + 1
CROP = slice(SOURCE_CONTEXT - CONTEXT, SOURCE_CONTEXT + CONTEXT + 1)


def magnitudes(n, seed=0):
    return torch.rand(n, SOURCE_FRAMES, SOURCE_BINS, generator=torch.Generator().manual_seed(seed))


def rng(seed):
    return torch.Generator().manual_seed(seed)


def test_factors_of_one_take_the_centre():
    source = magnitudes(2)
    unchanged = stretch_shift(source, torch.ones(2, 2))
    assert unchanged.shape == (2, EXCERPT_FRAMES, MEL_BINS)
    torch.testing.assert_close(unchanged, source[:, CROP, :MEL_BINS], rtol=0, atol=1e-4)


@pytest.mark.parametrize(("factor", "away", "expected"), [(1.25, 25, 20), (1.25, -50, -40), (0.75, 30, 40)])
def test_the_time_factor_moves_a_click(factor, away, expected):
    """Frame k after the centre reads k * factor source frames after it."""
    source = torch.zeros(1, SOURCE_FRAMES, SOURCE_BINS)
    source[:, SOURCE_CONTEXT + away] = 1
    altered = stretch_shift(source, torch.tensor([[factor, 1.0]]))[0]
    assert set(altered.argmax(dim=0).tolist()) == {CONTEXT + expected}
    torch.testing.assert_close(altered[CONTEXT + expected], torch.ones(MEL_BINS), rtol=0, atol=1e-4)


@pytest.mark.parametrize(("factor", "source_bin", "expected"), [(1.25, 100, 80), (0.75, 150, 200), (1.25, 0, 0)])
def test_the_frequency_factor_moves_a_tone(factor, source_bin, expected):
    source = torch.zeros(1, SOURCE_FRAMES, SOURCE_BINS)
    source[:, :, source_bin] = 1
    altered = stretch_shift(source, torch.tensor([[1.0, factor]]))[0]
    assert set(altered.argmax(dim=1).tolist()) == {expected}
    torch.testing.assert_close(altered[:, expected], torch.ones(EXCERPT_FRAMES), rtol=0, atol=1e-4)


def test_every_excerpt_has_its_own_factors():
    source = magnitudes(1).expand(2, -1, -1)
    factors = torch.tensor([[1.2, 0.9], [0.8, 1.1]])
    together = stretch_shift(source, factors)
    for i in range(2):
        torch.testing.assert_close(together[i : i + 1], stretch_shift(source[:1], factors[i : i + 1]))
    assert not torch.allclose(together[0], together[1])


def test_the_largest_factors_stay_within_the_source():
    constant = torch.ones(4, SOURCE_FRAMES, SOURCE_BINS)
    corners = torch.tensor([[time, pitch] for time in (0.7, 1.3) for pitch in (0.7, 1.3)])
    inner = stretch_shift(constant, corners)[:, 1:-1, 2:-1]  # the outermost ones interpolate with silence
    torch.testing.assert_close(inner, torch.ones_like(inner), rtol=0, atol=1e-4)


@pytest.fixture
def filter_only(monkeypatch):
    """Switch stretching and shifting off; return the gains in decibels of a seed, (excerpts, bins)."""
    monkeypatch.setattr(veracity_bench.models.audio.augmentation, "MAX_STRETCH", 0.0)
    monkeypatch.setattr(veracity_bench.models.audio.augmentation, "MAX_SHIFT", 0.0)
    ones = torch.ones(200, SOURCE_FRAMES, SOURCE_BINS)
    return lambda seed: (20 * augment(ones, rng(seed))[:, CONTEXT].log10()).numpy()


def test_filters_are_bells_of_at_most_ten_decibels(filter_only):
    """The gain falls to 1 / e^0.5 of its peak one width, 5 to 7 semitones, away from the centre."""
    decibels = filter_only(0)
    assert 9 < np.abs(decibels).max() <= 10 + 1e-3
    assert decibels.min() < -9
    hertz = np.arange(1, MEL_BINS) * SAMPLE_RATE / FRAME_LEN
    for bell in decibels[:, 1:]:
        peak = np.abs(bell).argmax()
        if 500 < hertz[peak] < 5000 and abs(bell[peak]) > 1:
            half = hertz[np.abs(bell) >= np.exp(-0.5) * abs(bell[peak])]
            assert 2 * 4 / 12 < np.log2(half[-1] / half[0]) < 2 * 8 / 12


def test_filters_lie_between_150_hertz_and_8_kilohertz(filter_only):
    hertz = np.arange(MEL_BINS) * SAMPLE_RATE / FRAME_LEN
    peaks = hertz[np.abs(filter_only(1)).argmax(axis=1)]
    assert 130 < peaks.min() < 300
    assert 5000 < peaks.max() <= 8000


@given(st.integers(0, 2**31))
def test_a_seed_decides_everything(seed):
    source = magnitudes(2)
    first, again = augment(source, rng(seed)), augment(source, rng(seed))
    assert torch.equal(first, again)
    assert first.shape == (2, EXCERPT_FRAMES, MEL_BINS)
    assert (first >= 0).all()


def test_excerpts_are_altered_differently():
    altered = augment(magnitudes(1).expand(2, -1, -1), rng(0))
    assert not torch.allclose(altered[0], altered[1])
