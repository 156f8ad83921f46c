import numpy as np
import pytest
import torch
from torch import nn

from veracity_bench.models.audio.log_mel import EXCERPT_SAMPLES, LogMel
from veracity_bench.models.audio.stft import Analysis, Synthesis, on_sound
from veracity_bench.models.games.segment_game import SegmentGame
from veracity_bench.models.games.sound import sound_segments


def noise(n, samples, seed=0):
    return torch.from_numpy(np.random.default_rng(seed).uniform(-1, 1, (n, samples)).astype(np.float32))


@pytest.mark.parametrize("samples", [1, 300, 1024, 16000, 16001, EXCERPT_SAMPLES])
def test_synthesis_undoes_analysis_at_any_length_borders_included(samples):
    audio = noise(2, samples)
    transform = Analysis()(audio)
    assert transform.shape == (2, 1 + samples // 256, 1026)
    torch.testing.assert_close(Synthesis(samples)(transform), audio, rtol=0, atol=2e-6)


def test_present_segments_sound_as_the_sum_of_their_sounds():
    off, on = (Analysis()(noise(1, 5000, seed))[0].numpy() for seed in (0, 1))
    partition, synthesis = sound_segments(len(on), 22050), Synthesis(5000)
    present = np.random.default_rng(0).integers(2, size=20)
    game = SegmentGame(nn.Flatten(), partition, off, on)
    sound = synthesis(torch.from_numpy(game.spectrograms([present])))[0]
    parts = torch.from_numpy(partition.shares * (on - off))
    added = synthesis(parts)[torch.from_numpy(present == 1)].sum(0)
    torch.testing.assert_close(sound, synthesis(torch.from_numpy(off)[None])[0] + added, rtol=0, atol=2e-5)


def test_both_ways_are_differentiable():
    audio = noise(1, 700).requires_grad_()
    assert torch.autograd.gradcheck(lambda x: Synthesis(700).double()(Analysis().double()(x))[:, ::97], audio.double())


def test_a_classifier_on_its_sound_is_the_same_classifier():
    front_end, network = LogMel(), nn.Sequential(nn.Flatten(), nn.Linear(115 * 80, 1), nn.Flatten(0))
    audio = 0.1 * noise(2, EXCERPT_SAMPLES)
    analysis, rest = on_sound(front_end, network, EXCERPT_SAMPLES)
    torch.testing.assert_close(rest(analysis(audio)), network(front_end(audio)), rtol=0, atol=1e-4)


def test_a_segment_is_heard_mostly_where_it_lies():
    audio, samples = noise(1, 22050), 22050
    transform = Analysis()(audio)[0]
    partition = sound_segments(len(transform), 22050, time=3, frequency=1)
    middle = Synthesis(samples)(transform[None] * torch.from_numpy(partition.shares[1]))[0] ** 2
    assert middle[7350:14700].sum() > 0.95 * middle.sum()
    assert middle[: 7350 - 1024].sum() == 0
