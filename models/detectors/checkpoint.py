"""Keep the state of a training run on disk, so that a killed one goes on where it was."""

import hashlib
import os
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save
from torch import Tensor, nn

Tensors = dict[str, Tensor]


def save_checkpoint(path: Path, detector: nn.Module, optimizer: torch.optim.Optimizer, step: int) -> None:
    """Write detector, optimizer and the number of updates done, as one safetensors file, atomically.

    Raises OSError where it cannot be written.
    """
    tensors = _tensors(detector, optimizer)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.partial")
    try:
        partial.write_bytes(save(tensors, {"step": str(step), "digest": _digest(tensors, step)}))
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def load_checkpoint(path: Path, detector: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    """Restore both and return the number of updates done; 0, and nothing is restored, without an intact checkpoint."""
    try:
        tensors, step = _read(path)
        state = _optimizer_state(tensors)
    except Exception:  # whatever a damaged file makes of these: training starts anew
        return 0
    weights = _part("detector", tensors)
    if _shapes(weights) != _shapes(detector.state_dict()):
        return 0
    detector.load_state_dict(weights)
    optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})
    return step


def _tensors(detector: nn.Module, optimizer: torch.optim.Optimizer) -> Tensors:
    tensors = {f"detector.{name}": tensor for name, tensor in detector.state_dict().items()}
    for parameter, state in optimizer.state_dict()["state"].items():
        tensors |= {f"optimizer.{parameter}.{name}": tensor for name, tensor in state.items()}
    return {name: tensor.contiguous() for name, tensor in tensors.items()}


def _read(path: Path) -> tuple[Tensors, int]:
    """Return what was written; raise any error for a file that is not what it was."""
    with safe_open(path, "pt") as file:
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a mapping
        metadata = file.metadata()
    step = int(metadata["step"])
    if metadata["digest"] != _digest(tensors, step):
        raise ValueError(f"{path} is damaged")
    return tensors, step


def _part(name: str, tensors: Tensors) -> Tensors:
    return {key.removeprefix(f"{name}."): tensor for key, tensor in tensors.items() if key.startswith(f"{name}.")}


def _optimizer_state(tensors: Tensors) -> dict[int, Tensors]:
    state: dict[int, Tensors] = {}
    for name, tensor in _part("optimizer", tensors).items():
        parameter, _, entry = name.partition(".")
        state.setdefault(int(parameter), {})[entry] = tensor
    return state


def _shapes(tensors: Tensors) -> dict[str, torch.Size]:
    return {name: tensor.shape for name, tensor in tensors.items()}


def _digest(tensors: Tensors, step: int) -> str:
    """Return a hash of all that a checkpoint holds."""
    digest = hashlib.sha256(str(step).encode())
    for name in sorted(tensors):
        tensor = tensors[name].cpu()
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)} ".encode())
        digest.update(tensor.reshape(-1).view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()
