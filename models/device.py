"""Where a module computes."""

import torch
from torch import nn


def device_of(module: nn.Module) -> torch.device:
    """Return the device of a module's first parameter or buffer; the CPU for one that has neither."""
    return next((tensor.device for tensor in module.state_dict().values()), torch.device("cpu"))
