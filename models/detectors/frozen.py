"""A detector that is explained and attacked, not trained."""

from torch import nn


def frozen(detector: nn.Module) -> nn.Module:
    """Return the detector itself, in evaluation mode, its parameters without gradients."""
    for parameter in detector.parameters():  # a script module has no requires_grad_ of its own
        parameter.requires_grad_(False)
    return detector.eval()
