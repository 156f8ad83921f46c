"""Fit a detector by the published recipe (Schlueter and Lehner 2018; paper, section 4.2).

Binary cross-entropy on targets 0.02 and 0.98, Adam at 1e-3 times 0.85 after each of 20 epochs, batches of 32 random
excerpts, augmented. All randomness of update i comes from (seed, i), so a run resumed from a checkpoint takes the very
updates that an undisturbed one takes. Convolutions run channels-last, and under
bfloat16 autocast where the device computes in it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Generator, Tensor, nn
from torch.nn import functional as F  # noqa: N812

from veracity_bench.bars import bar
from veracity_bench.errors import UserError
from veracity_bench.models.audio.augmentation import SOURCE_BINS, SOURCE_CONTEXT, augment
from veracity_bench.models.audio.log_mel import LogMel
from veracity_bench.models.detectors.checkpoint import load_checkpoint, save_checkpoint
from veracity_bench.models.detectors.networks import BandNorm
from veracity_bench.models.devices import computes_in_bfloat16

CHECKPOINT_EVERY = 200


class TrainingError(UserError):
    """A training that cannot start, or that diverges; the detector's name is for who knows it to add."""


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """The settings of a training run; `updates` is the only one that the scales of the benchmark change."""

    updates: int = 40_000
    epochs: int = 20
    batch: int = 32
    learning_rate: float = 1e-3
    decay: float = 0.85
    smoothing: float = 0.02
    seed: int = 0

    def rate(self, step: int) -> float:
        """Return the learning rate of update `step`, 0 the first."""
        return float(self.learning_rate * self.decay ** (step * self.epochs // self.updates))


class TrainingFrames:
    """All frames of the training songs in one tensor, with silence between songs.

    Made from one magnitude spectrogram (frames, 513) and one label vector (frames,) of 1, 0 or -1 per song. Kept in
    half precision: 68 kB per second of music.
    """

    def __init__(self, songs: Iterable[tuple[Tensor, Tensor]], device: torch.device) -> None:
        pad = SOURCE_CONTEXT
        magnitudes, padded = [], []
        for magnitude, label in songs:
            magnitudes.append(F.pad(magnitude[:, :SOURCE_BINS].half(), (0, 0, pad, pad)))
            padded.append(F.pad(label, (pad, pad), value=-1))
        labels = torch.cat(padded)
        self.magnitude = torch.cat(magnitudes).to(device)
        self.centres = torch.nonzero(labels >= 0).squeeze(1)
        self.targets = labels[self.centres].float()

    def draw(self, n: int, rng: Generator) -> tuple[Tensor, Tensor]:
        """Draw n labelled frames: the magnitudes around them (n, 151, 484) and their labels (n,)."""
        chosen = torch.randint(len(self.centres), (n,), generator=rng)
        offsets = torch.arange(-SOURCE_CONTEXT, SOURCE_CONTEXT + 1)
        rows = (self.centres[chosen, None] + offsets).to(self.magnitude.device)
        return self.magnitude[rows].float(), self.targets[chosen].to(self.magnitude.device)

    def log_mel(self, front_end: LogMel) -> Tensor:
        """Return the log-mel of all labelled frames (frames, 80)."""
        blocks = torch.split(self.centres.to(self.magnitude.device), 8192)
        return torch.cat([front_end.log_mel(self.magnitude[block].float()) for block in blocks])


def fit(
    detector: nn.Module,
    frames: TrainingFrames,
    recipe: Recipe,
    *,
    checkpoint: Path,
    validate: Callable[[nn.Module], float],
) -> None:
    """Train `detector` in place on the device that `frames` are on, going on from `checkpoint` where there is one.

    `validate` returns the validation error that the progress bar shows after every epoch. Raises TrainingError where
    nothing can be trained, or when the loss is no longer finite.
    """
    device = frames.magnitude.device
    detector.to(device)
    if not any(parameter.requires_grad for parameter in detector.parameters()):
        raise TrainingError("has no parameter that can be trained; take it as it comes with --updates 0")
    front_end = LogMel().to(device)
    optimizer = torch.optim.Adam(detector.parameters(), lr=recipe.learning_rate)
    done = load_checkpoint(checkpoint, detector, optimizer)
    if done == 0:
        _fit_bands(detector, frames, front_end)
    with bar("training", unit="update", total=recipe.updates, initial=done) as progress:
        for step in range(done, recipe.updates):
            for group in optimizer.param_groups:
                group["lr"] = recipe.rate(step)
            loss = _update(detector, optimizer, frames, front_end, recipe, step)
            progress.update()
            if (step + 1) % CHECKPOINT_EVERY == 0:
                save_checkpoint(checkpoint, detector, optimizer, step + 1)
            if (step + 1) % max(1, recipe.updates // recipe.epochs) == 0:
                progress.set_postfix(loss=f"{loss:.3f}", valid_error=f"{100 * validate(detector):.1f} %")
    detector.eval()


def _fit_bands(detector: nn.Module, frames: TrainingFrames, front_end: LogMel) -> None:
    for module in detector.modules():
        if isinstance(module, BandNorm):
            module.fit(frames.log_mel(front_end))


def _update(
    detector: nn.Module,
    optimizer: torch.optim.Optimizer,
    frames: TrainingFrames,
    front_end: LogMel,
    recipe: Recipe,
    step: int,
) -> float:
    """Take one step and return its loss."""
    seed = recipe.seed * 1_000_003 + step
    rng = Generator().manual_seed(seed)
    torch.manual_seed(seed)  # dropout
    magnitude, labels = frames.draw(recipe.batch, rng)
    log_mel = front_end.log_mel(augment(magnitude, rng))
    detector.train()
    device = magnitude.device
    with torch.autocast(device.type, torch.bfloat16, enabled=computes_in_bfloat16(device)):
        logits = detector(log_mel)
    if not torch.isfinite(logits).all():
        raise TrainingError(f"gives logits that are not finite in training, at update {step}; {_cause(log_mel)}")
    targets = recipe.smoothing + (1 - 2 * recipe.smoothing) * labels
    loss = F.binary_cross_entropy_with_logits(logits.float(), targets)
    optimizer.zero_grad()
    torch.autograd.backward(loss)
    optimizer.step()
    return loss.item()


def _cause(log_mel: Tensor) -> str:
    """Return what to do about logits that are not finite."""
    if not torch.isfinite(log_mel).all():
        return "the training songs are too loud, so bring their samples into [-1, 1]"
    return "look for what divides by zero or grows without bound in its layers"
