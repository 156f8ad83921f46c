"""Singing voice detectors: a batch of log-mel excerpts (n, 115, 80) -> logits (n,), larger = more "sing".

`cnn-2015` is the network of the paper (Schlueter and Grill 2015, with batch norm and the zero-mean first layer of
Schlueter and Lehner 2018); `cnn-2018` adds the fifth convolution that spans nearly all mel bands. Everything is a
module, used once and never in place, because attribution methods hook modules.
"""

import torch
from torch import Tensor, nn

from veracity_bench.models.audio.log_mel import EXCERPT_FRAMES, MEL_BANDS
from veracity_bench.models.devices import channels_last

BATCH_NORM_EPS = 1e-4
SLOPE = 0.01


class BandNorm(nn.Module):
    """Zero mean and unit variance per mel band over the training data; adds the channel axis (n, 1, frames, bands)."""

    mean: Tensor
    std: Tensor

    def __init__(self, bands: int = MEL_BANDS) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(bands))
        self.register_buffer("std", torch.ones(bands))

    def fit(self, log_mel: Tensor) -> None:
        """Take mean and standard deviation per band from training frames (frames, bands)."""
        variance, mean = torch.var_mean(log_mel.double(), dim=0, correction=0)
        self.mean.copy_(mean)
        self.std.copy_((variance + BATCH_NORM_EPS).sqrt())

    def forward(self, x: Tensor) -> Tensor:
        """Normalise (n, frames, bands)."""
        normalised: Tensor = (x - self.mean) / self.std
        return normalised.unsqueeze(-1).movedim(-1, 1)


class ZeroMeanConv2d(nn.Conv2d):
    """A convolution whose kernels sum to zero per input and output channel, so that loudness cancels."""

    @property
    def kernels(self) -> Tensor:
        """Return each kernel minus its mean."""
        return self.weight - self.weight.mean(dim=(2, 3), keepdim=True)

    def forward(self, x: Tensor) -> Tensor:
        """Convolve with the zero-mean kernels."""
        convolved: Tensor = self._conv_forward(x, self.kernels, self.bias)
        return convolved


def _block(conv: nn.Conv2d) -> list[nn.Module]:
    return [conv, nn.BatchNorm2d(conv.out_channels, eps=BATCH_NORM_EPS), nn.LeakyReLU(SLOPE)]


def _dense(inputs: int, outputs: int) -> list[nn.Module]:
    norm = nn.BatchNorm1d(outputs, eps=BATCH_NORM_EPS)
    return [nn.Dropout(0.5), nn.Linear(inputs, outputs), norm, nn.LeakyReLU(SLOPE)]


class Detector(nn.Module):
    """A convolutional trunk (excerpt -> feature map) and a dense head (features -> logit)."""

    def __init__(self, trunk: nn.Sequential) -> None:
        super().__init__()
        self.norm = BandNorm()
        self.trunk = trunk
        with torch.no_grad():
            features = trunk.eval()(torch.zeros(1, 1, EXCERPT_FRAMES, MEL_BANDS)).numel()
        self.head = nn.Sequential(
            nn.Flatten(), *_dense(features, 256), *_dense(256, 64), nn.Dropout(0.5), nn.Linear(64, 1)
        )
        for layer in self.modules():
            if isinstance(layer, nn.Conv2d | nn.Linear):
                nn.init.orthogonal_(layer.weight)
                if layer.bias is not None:
                    nn.init.zeros_(layer.bias)
        channels_last(self)
        self.train()

    def forward(self, log_mel: Tensor) -> Tensor:
        """Map log-mel excerpts (n, 115, 80) to logits (n,)."""
        logits: Tensor = self.head(self.trunk(self.norm(log_mel))).squeeze(1)
        return logits


def _common_layers() -> list[nn.Module]:
    return [
        *_block(ZeroMeanConv2d(1, 64, 3, bias=False)),
        *_block(nn.Conv2d(64, 32, 3)),
        nn.MaxPool2d(3),
        *_block(nn.Conv2d(32, 128, 3)),
        *_block(nn.Conv2d(128, 64, 3)),
    ]


def cnn_2015() -> Detector:
    """Return the paper's detector (1,409,377 parameters)."""
    return Detector(nn.Sequential(*_common_layers(), nn.MaxPool2d(3)))


def cnn_2018() -> Detector:
    """Return the 2018 variant: a 3 x 18 convolution to 128 channels, then max-pooling by 4 in time only."""
    fifth = _block(nn.Conv2d(64, 128, (3, 18)))
    return Detector(nn.Sequential(*_common_layers(), *fifth, nn.MaxPool2d((4, 1))))
