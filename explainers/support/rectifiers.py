"""Copies of a detector whose rectifiers libraries can hook.

Backward hooks need activations that are modules and do not overwrite their input. captum's guided backpropagation and
deconvolution moreover look for nn.ReLU only; from a detector with leaky rectifiers they silently return the plain
gradient.
"""

import copy

from torch import Tensor, nn
from torch.nn import functional


class LeakyRectifier(nn.ReLU):
    """A leaky rectifier that libraries take for the rectifier that it is."""

    def __init__(self, slope: float) -> None:
        super().__init__()
        self.slope = slope

    def forward(self, x: Tensor) -> Tensor:
        """Scale what is negative by the slope."""
        return functional.leaky_relu(x, self.slope)


def out_of_place(network: nn.Module) -> nn.Module:
    """Return a copy of the network in which no activation overwrites its input."""
    clone = copy.deepcopy(network)
    for module in clone.modules():
        if hasattr(module, "inplace"):
            setattr(module, "inplace", False)  # noqa: B010 - mypy takes every attribute of a module for a tensor
    return clone


def with_rectifiers(network: nn.Module) -> nn.Module:
    """Return a copy of the network in which every leaky rectifier is an nn.ReLU by type, and computes the same."""
    clone = out_of_place(network)
    for parent in clone.modules():
        for name, child in parent._modules.items():  # named_children() leaves out a module that is used twice
            if isinstance(child, nn.LeakyReLU):
                setattr(parent, name, LeakyRectifier(child.negative_slope))
    return clone
