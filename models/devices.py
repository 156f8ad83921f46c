"""Where a module computes, how precisely, and how its kernels lie in memory there."""

import torch
from torch import nn


def device_of(module: nn.Module) -> torch.device:
    """Return the device of a module's first parameter or buffer; the CPU for one that has neither."""
    return next((tensor.device for tensor in module.state_dict().values()), torch.device("cpu"))


def computes_in_bfloat16(device: torch.device) -> bool:
    """Return whether a device has instructions for bfloat16: a CPU without them takes six times as long with it."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    return any(bool(present) for name, present in torch.cpu.get_capabilities().items() if "bf16" in name)


def compute_in_full_precision() -> None:
    """Keep this process' GPUs from rounding what they convolve to ten bits (TF32): the rest decides what flips."""
    torch.backends.cudnn.allow_tf32 = False


def channels_last(module: nn.Module) -> None:
    """Lay out the kernels of a module's convolutions channels-last, in place.

    Not those with a single input channel: with torch 2.13, a strided one of them reads past its memory on a CPU when
    its kernel is as wide as its input.
    """
    for layer in module.modules():
        if isinstance(layer, nn.Conv2d) and layer.in_channels > 1:
            layer.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
