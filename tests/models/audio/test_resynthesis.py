import numpy as np
import torch

from veracity_bench.models.audio.log_mel import EXCERPT_SAMPLES, LogMel
from veracity_bench.models.audio.resynthesis import resynthesise

AUDIO = torch.from_numpy(np.random.default_rng(0).uniform(-0.5, 0.5, EXCERPT_SAMPLES).astype(np.float32))


def test_unchanged_magnitudes_give_the_audio_back():
    sound = resynthesise(LogMel().magnitude(AUDIO[None])[0], AUDIO)
    np.testing.assert_allclose(sound, AUDIO[512:-512], atol=1e-6)


def test_magnitudes_are_linear_in_the_sound():
    sound = resynthesise(3 * LogMel().magnitude(AUDIO[None])[0], AUDIO)
    np.testing.assert_allclose(sound, 3 * AUDIO[512:-512], atol=1e-5)
