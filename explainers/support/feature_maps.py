"""Which feature maps of a detector class activation maps are made of."""

from torch import nn

from veracity_bench.explainers.contract.instance import NotApplicableError

CONVOLUTION = 4  # the last of cnn-2015; the fifth of cnn-2018 leaves hardly any positions along frequency


def mapped_convolution(network: nn.Module) -> nn.Conv2d:
    """Return the fourth convolution, or the last of fewer; raise NotApplicableError where there is none."""
    convolutions = [layer for layer in network.modules() if isinstance(layer, nn.Conv2d)]
    if not convolutions:
        raise NotApplicableError("class activation maps need a detector that holds an nn.Conv2d")
    return convolutions[:CONVOLUTION][-1]
