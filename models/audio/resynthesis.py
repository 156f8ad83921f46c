"""From a magnitude spectrogram back to sound, so that a perturbation of magnitudes can be listened to."""

import librosa
import torch
from torch import Tensor

from veracity_bench.models.audio.log_mel import FRAME_LEN, HOP


def resynthesise(magnitude: Tensor, audio: Tensor) -> Tensor:
    """Return the sound of magnitudes (frames, 513) with the phases of the audio (samples,) that they were made from.

    It runs from the centre of the first frame to that of the last, (frames - 1) * 315 samples: further out too few
    frames overlap. Unchanged magnitudes give the audio back.
    """
    window = torch.hann_window(FRAME_LEN, periodic=True, dtype=torch.float64)
    spectrum = torch.fft.rfft(audio.unfold(-1, FRAME_LEN, HOP) * window)
    turned = torch.polar(magnitude.to(torch.float64), spectrum.angle())
    return torch.from_numpy(librosa.istft(turned.T.numpy(), hop_length=HOP, n_fft=FRAME_LEN)).float()
