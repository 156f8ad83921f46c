"""The sound itself as a representation to cut: its short-time Fourier transform, which turns back into the sound.

A classifier that takes sound can be explained on segments in time and frequency of the sound (as audioLIME and SLIME's
users listen to them): it is preceded by the synthesis of the sound, so that what is cut is the transform.

Exact: synthesis is linear and undoes analysis. Off + the present segments' parts of (on - off) is therefore a sum of
sounds, one per segment, and with all segments it is the sound `on`, to the rounding of float32, borders included.
Not exact: that a segment is silent outside of its borders. Windows overlap, and those of a masked transform disagree:
a masked segment's sound leaks into its neighbours by up to a window in time and a window's lobe in frequency.
"""

import torch
from torch import Tensor, nn

WINDOW = 1024  # samples
HOP = WINDOW // 4
BINS = WINDOW // 2 + 1


class _Transform(nn.Module):
    window: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("window", torch.hann_window(WINDOW, periodic=True), persistent=False)


class Analysis(_Transform):
    """Audio (n, samples) -> its transform (n, frames, 1026): of each frame 513 real, then 513 imaginary parts.

    Frames are 256 samples apart, the first centred on sample 0: frames = 1 + samples // 256. Beyond its ends the sound
    is silent.
    """

    def forward(self, audio: Tensor) -> Tensor:
        """Return the transform, (n, frames, 1026)."""
        spectrum = torch.stft(audio, WINDOW, HOP, window=self.window, pad_mode="constant", return_complex=True).mT
        return torch.cat([spectrum.real, spectrum.imag], dim=-1)


class Synthesis(_Transform):
    """A transform (n, frames, 1026) -> the sound (n, samples) whose own is nearest to it (Griffin and Lim 1984)."""

    def __init__(self, samples: int) -> None:
        super().__init__()
        self.samples = samples

    def forward(self, transform: Tensor) -> Tensor:
        """Return the sound, (n, samples)."""
        spectrum = torch.complex(transform[..., :BINS].contiguous(), transform[..., BINS:].contiguous()).mT
        return torch.istft(spectrum, WINDOW, HOP, window=self.window, length=self.samples)


def on_sound(front_end: nn.Module, network: nn.Module, samples: int) -> tuple[nn.Module, nn.Module]:
    """Return front end and network of the same classifier of `samples` samples, with the transform in between.

    The new front end is the analysis; the new network is the synthesis, the front end and the network that there were.
    """
    return Analysis(), nn.Sequential(Synthesis(samples), front_end, network)
