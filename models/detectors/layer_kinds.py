"""Kinds of layers, each named once: tuples of classes.

Exact methods compare a layer's class itself with them, since a subclass may compute something else.
"""

from torch import nn

from veracity_bench.models.detectors.networks import ZeroMeanConv2d

CONVOLUTIONS = (nn.Conv2d, ZeroMeanConv2d)
POOLINGS = (nn.MaxPool2d, nn.AvgPool2d)  # of a fixed window
ADAPTIVE_POOLINGS = (nn.AdaptiveMaxPool2d, nn.AdaptiveAvgPool2d)  # of a window that follows from the input's size
BATCH_NORMS = (nn.BatchNorm1d, nn.BatchNorm2d)
ACTIVATIONS = (
    nn.LeakyReLU,
    nn.ReLU,
    nn.ReLU6,
    nn.PReLU,
    nn.ELU,
    nn.SELU,
    nn.CELU,
    nn.GELU,
    nn.SiLU,
    nn.Mish,
    nn.Hardswish,
    nn.Hardtanh,
    nn.Softplus,
    nn.Tanh,
    nn.Sigmoid,
)
ELEMENTWISE = (nn.BatchNorm2d, *ACTIVATIONS)  # on a feature map: each position for itself
RESHAPING = (nn.Flatten, nn.Unflatten)
IDLE = (nn.Identity, nn.Dropout, nn.Dropout2d)  # change nothing in evaluation mode
