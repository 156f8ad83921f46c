"""Which feature maps of a detector class activation maps are made of."""

from torch import Tensor, nn

from veracity_bench.explainers.contract.instance import Instance, NotApplicableError
from veracity_bench.models.audio.stft import Synthesis

CONVOLUTION = 4  # the last of cnn-2015; the fifth of cnn-2018 leaves hardly any positions along frequency
# By the axes of a representation: the convolutions whose maps have as many, and how maps are stretched over them.
KINDS: dict[int, tuple[type[nn.Module], str]] = {1: (nn.Conv1d, "linear"), 2: (nn.Conv2d, "bilinear")}


def mapped_convolution(network: nn.Module, instance: Instance) -> tuple[nn.Module, str]:
    """Return the fourth convolution, or the last of fewer, and the mode of interpolation that its maps take.

    Raises NotApplicableError where there is none whose maps lie along the axes of the representation.
    """
    axes = instance.spectrogram.ndim
    if axes not in KINDS:
        raise NotApplicableError(f"class activation maps need a representation of one or two axes, not {axes}")
    kind, mode = KINDS[axes]
    layers = list(network.modules())
    convolutions = [layer for layer in layers if isinstance(layer, kind)]
    if not convolutions:
        raise NotApplicableError(f"class activation maps need a detector that holds an nn.{kind.__name__}")
    if any(isinstance(layer, Synthesis) for layer in layers):
        raise NotApplicableError(
            "class activation maps lie along the front end's axes, not those of the sound's segments"
        )
    return convolutions[:CONVOLUTION][-1], mode


def check_whole(maps: Tensor, excerpts: Tensor) -> None:
    """Raise NotApplicableError where a convolution took the parts of excerpts for so many excerpts."""
    if len(maps) != len(excerpts):
        raise NotApplicableError(
            f"class activation maps need a convolution that sees excerpts whole, not {len(maps)} parts of one"
        )
