"""Keep the state of a training run on disk, so that a killed one goes on where it was."""

import os
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import nn


def save_checkpoint(path: Path, detector: nn.Module, optimizer: torch.optim.Optimizer, step: int) -> None:
    """Write detector, optimizer and the number of updates done, as one safetensors file, atomically."""
    tensors = {f"detector.{name}": tensor for name, tensor in detector.state_dict().items()}
    for parameter, state in optimizer.state_dict()["state"].items():
        tensors |= {f"optimizer.{parameter}.{name}": tensor for name, tensor in state.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.partial")
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, partial, {"step": str(step)})
    partial.replace(path)


def load_checkpoint(path: Path, detector: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    """Restore both and return the number of updates done; 0 where there is no readable checkpoint."""
    try:
        with safe_open(path, "pt") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a mapping
            step = int(file.metadata()["step"])
    except (FileNotFoundError, SafetensorError):
        return 0
    detector.load_state_dict({n.removeprefix("detector."): t for n, t in tensors.items() if n.startswith("detector.")})
    state: dict[int, dict[str, torch.Tensor]] = {}
    for name, tensor in tensors.items():
        if name.startswith("optimizer."):
            _, parameter, entry = name.split(".")
            state.setdefault(int(parameter), {})[entry] = tensor
    optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})
    return step
