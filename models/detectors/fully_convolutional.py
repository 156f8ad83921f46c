"""A detector's output at every frame of a song.

A detector made of a convolutional trunk and dense layers is turned into its fully convolutional form: pooling moves by
one frame instead of its stride, every later layer is dilated in time by what the strides were, and the dense layers
become convolutions. The result equals running every excerpt by itself, for about 1/50 of the work. Any other detector
is run on batches of excerpts.
"""

import torch
from torch import Tensor, nn

from veracity_bench.models.audio.log_mel import CONTEXT, EXCERPT_FRAMES, MEL_BANDS, excerpts, pad_context
from veracity_bench.models.detectors.layer_kinds import ELEMENTWISE
from veracity_bench.models.detectors.layers import unroll
from veracity_bench.models.detectors.networks import ZeroMeanConv2d
from veracity_bench.models.detectors.windows import windows
from veracity_bench.models.devices import channels_last

BLOCK = 2048
BATCH = 64


@torch.no_grad()
def song_logits(detector: nn.Module, log_mel: Tensor) -> Tensor:
    """Return the logit of every frame of log-mel (frames, 80) as (frames,); borders see silence (ln 1e-7)."""
    detector.eval()
    padded = pad_context(log_mel)
    try:
        network = FullyConvolutional(detector)
    except TypeError:
        # Copies: excerpts overlap, and what a detector does to one must not reach the next.
        batches = (batch.clone(memory_format=torch.contiguous_format) for batch in torch.split(excerpts(padded), BATCH))
        return torch.cat([detector(batch) for batch in batches]).float()
    starts = range(0, len(log_mel), BLOCK)
    return torch.cat([network(padded[None, s : s + BLOCK + 2 * CONTEXT])[0] for s in starts]).float()


class FullyConvolutional(nn.Module):
    """A trained detector's fully convolutional form: log-mel (n, frames + 114, 80) -> logits (n, frames).

    Raises TypeError for a detector or a layer that has no such form.
    """

    def __init__(self, detector: nn.Module) -> None:
        super().__init__()
        parts = unroll(detector)
        trunk, stride = [], 1
        for layer in parts.trunk:
            dilated, stride = _dilate(layer, stride)
            trunk.append(dilated)
        excerpt = torch.zeros(1, EXCERPT_FRAMES, MEL_BANDS, device=parts.dense.weight.device)
        shape = nn.Sequential(parts.front, *parts.trunk)(excerpt).shape[1:]
        if len(shape) != 3:
            raise TypeError("no fully convolutional form of what has no channel axis")
        dense = _convolution(parts.dense.weight.view(-1, *shape), parts.dense.bias, stride)
        self.layers = nn.Sequential(parts.front, *trunk, dense, *map(_as_convolution, parts.rest), nn.Flatten(1)).eval()
        channels_last(self.layers)

    def forward(self, padded: Tensor) -> Tensor:
        """Return the logits of all frames that have full context."""
        logits: Tensor = self.layers(padded)
        # A pooling layer that drops a remainder leaves positions past the last excerpt.
        return logits[:, : padded.shape[1] - 2 * CONTEXT]


def _dilate(layer: nn.Module, stride: int) -> tuple[nn.Module, int]:
    """Return the layer dilated in time by the strides so far, and the strides after it."""
    if type(layer) in ELEMENTWISE:
        return layer, stride
    time, frequency = windows(layer)
    is_plain = all((axis.dilation, axis.before, axis.after) == (1, 0, 0) for axis in (time, frequency))
    if is_plain and isinstance(layer, nn.MaxPool2d):
        kernel = time.kernel, frequency.kernel
        pooling = nn.MaxPool2d(kernel, stride=(1, frequency.stride), dilation=(stride, 1))
        return pooling, stride * time.stride
    if is_plain and isinstance(layer, nn.Conv2d) and layer.groups == time.stride == frequency.stride == 1:
        kernels = layer.kernels if isinstance(layer, ZeroMeanConv2d) else layer.weight
        return _convolution(kernels, layer.bias, stride), stride
    raise TypeError(f"no fully convolutional form of {layer}")


def _convolution(weight: Tensor, bias: Tensor | None, dilation: int) -> nn.Conv2d:
    outputs, inputs, time, frequency = weight.shape
    with torch.device(weight.device):
        conv = nn.Conv2d(inputs, outputs, (time, frequency), dilation=(dilation, 1), bias=bias is not None)
    conv.weight.data = weight.detach()
    if bias is not None:
        conv.bias.data = bias.detach()  # type: ignore[union-attr]
    return conv


def _as_convolution(layer: nn.Module) -> nn.Module:
    """Return a layer after the first dense one in a form that takes a feature map of one band."""
    if isinstance(layer, nn.Linear):
        return _convolution(layer.weight[:, :, None, None], layer.bias, 1)
    if isinstance(layer, nn.BatchNorm1d):
        return _batch_norm(layer)
    return nn.Identity() if isinstance(layer, nn.Flatten) else layer


def _batch_norm(layer: nn.BatchNorm1d) -> nn.BatchNorm2d:
    norm = nn.BatchNorm2d(layer.num_features, eps=layer.eps, affine=layer.affine)
    norm.load_state_dict(layer.state_dict())
    return norm.to(layer.running_mean)
