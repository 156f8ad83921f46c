"""The adversarial attack: Carlini and Wagner's for audio, batched over excerpts (paper, section 3).

    loss  = ||delta||^2 + alpha * BCE(f(x + delta), target)
    delta = clip(delta - eta * sign(gradient of the loss), -epsilon, epsilon)

x is an excerpt's waveform, or its linear magnitude spectrogram. An excerpt has flipped when its logit lies past the
threshold by more than `confidence` on the target's side; it then stops at once. The paper stops at the first flip
(confidence 0), which leaves the adversarial excerpt on the threshold itself.

An attack can be confined to a part of the log-mel spectrogram (Goepfert et al. 2019): the detector's input is
clean + mask * (log_mel(x + delta) - clean), so that nothing of the perturbation exists elsewhere, nor any gradient. As
with segments that are planted afterwards, no sound has such a spectrogram, for frames overlap and bands share bins.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from veracity_bench.models.audio.log_mel import LogMel
from veracity_bench.models.detectors.frozen import frozen
from veracity_bench.models.devices import device_of
from veracity_bench.models.direction import Direction


@dataclass(frozen=True, kw_only=True)
class Attack:
    """Where to perturb (`domain`) and the hyper-parameters of equation 2; `iterations` bounds the updates.

    `scope` is what one perturbation is for: an excerpt, as in the paper, or a whole song, as in its released code.
    """

    domain: Literal["waveform", "spectrogram"]
    epsilon: float
    eta: float
    alpha: float
    iterations: int = 1000
    confidence: float = 2.0
    scope: Literal["excerpt", "song"] = "excerpt"

    @property
    def margin(self) -> float:
        """Return how far past the threshold a logit must lie to have flipped."""
        return max(self.confidence, MARGIN)

    def represent(self, front_end: LogMel, audio: Tensor) -> Tensor:
        """Map audio (n, samples) to what is perturbed: itself, or magnitudes (n, frames, 513)."""
        return audio if self.domain == "waveform" else front_end.magnitude(audio)

    def log_mel(self, front_end: LogMel, x: Tensor) -> Tensor:
        """Map what is perturbed to log-mel (n, frames, 80)."""
        return front_end(x) if self.domain == "waveform" else front_end.log_mel(x)


ATTACKS = {
    "waveform": Attack(domain="waveform", epsilon=0.01, eta=0.0003, alpha=2.0),
    "spectrogram": Attack(domain="spectrogram", epsilon=0.1, eta=0.0005, alpha=15.0),
}

# How far from the threshold a logit must be for every way of computing it (whole songs, batches, tables) to agree.
MARGIN = 1e-3
BATCH = 32
EVERYWHERE = torch.ones(())


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of one excerpt: its best state (the largest margin), on the CPU.

    `order` counts the excerpts as they were given; `margin` is how far the logit went past the threshold towards the
    target; `iterations` counts updates; `snr` is in dB, in the attack's own domain.
    """

    order: int
    flipped: bool
    margin: float
    iterations: int
    snr: float
    clean: Tensor
    adversarial: Tensor
    clean_log_mel: Tensor
    adversarial_log_mel: Tensor


@dataclass(eq=False)
class _Batch:
    """The excerpts under attack, one per row of every tensor; the fields are in step."""

    order: Tensor
    x: Tensor
    clean: Tensor
    mask: Tensor
    delta: Tensor
    best_delta: Tensor
    best_margin: Tensor
    iterations: Tensor

    @classmethod
    def start(cls, order: list[int], x: Tensor, clean: Tensor, mask: Tensor) -> "_Batch":
        n = len(x)
        deltas = torch.zeros_like(x), torch.zeros_like(x)
        zeros = torch.zeros(n, dtype=torch.long)
        return cls(torch.tensor(order), x, clean, mask, *deltas, torch.full((n,), -torch.inf), zeros)

    def perturbed(self, delta: Tensor, attack: Attack, front_end: LogMel) -> Tensor:
        """Return the detector's input, log-mel (n, frames, 80), perturbed where the masks are 1."""
        return torch.lerp(self.clean, attack.log_mel(front_end, self.x + delta), self.mask)  # either, to the bit

    def __len__(self) -> int:
        return len(self.x)

    def select(self, rows: Tensor) -> "_Batch":
        return replace(self, **{name: tensor[rows.to(tensor.device)] for name, tensor in vars(self).items()})

    def join(self, other: "_Batch") -> "_Batch":
        return replace(self, **{name: torch.cat([tensor, vars(other)[name]]) for name, tensor in vars(self).items()})


def attack_excerpts(
    detector: nn.Module,
    audio: Iterator[Tensor],
    attack: Attack,
    *,
    direction: Direction,
    threshold: float,
    wanted: int,
    masks: Iterator[Tensor] | None = None,
) -> list[Outcome]:
    """Attack excerpts of audio (samples,), in order, until `wanted` of them flipped or there are no more.

    No more are under attack at a time than are still wanted, nor more than 32: one that flips or runs out of
    iterations makes room for the next.
    `threshold` is a logit; `masks` are one per excerpt, (frames, 80) of 0 .. 1, by default
    everywhere 1. Returns the outcome of every attempt in the given order.
    """
    device = device_of(detector)
    frozen(detector)
    front_end = LogMel().to(device)
    pending = enumerate(zip(audio, masks or repeat(EVERYWHERE), strict=False))
    outcomes: list[Outcome] = []
    batch = _take(pending, min(wanted, BATCH), attack, front_end, device)
    while batch is not None:
        margin = _step(batch, detector, front_end, attack, direction, threshold)
        over = (margin > attack.margin) | (batch.iterations > attack.iterations)
        if over.any():
            outcomes += _outcomes(batch.select(over), attack, front_end)
            missing = wanted - sum(outcome.flipped for outcome in outcomes)
            room = min(missing, BATCH) - int((~over).sum())
            batch = _join(batch.select(~over), _take(pending, room, attack, front_end, device))
    return sorted(outcomes, key=lambda outcome: outcome.order)


def _take(
    pending: Iterator[tuple[int, tuple[Tensor, Tensor]]],
    room: int,
    attack: Attack,
    front_end: LogMel,
    device: torch.device,
) -> _Batch | None:
    """Start the next `room` excerpts; None where there are none or there is no room."""
    taken = [excerpt for _, excerpt in zip(range(room), pending, strict=False)]
    if not taken:
        return None
    x = attack.represent(front_end, torch.stack([audio for _, (audio, _) in taken]).to(device))
    clean = attack.log_mel(front_end, x)
    mask = torch.stack([mask.expand(clean.shape[1:]) for _, (_, mask) in taken]).to(device)
    return _Batch.start([order for order, _ in taken], x, clean, mask)


def _join(remaining: _Batch, fresh: _Batch | None) -> _Batch | None:
    if fresh is None:
        return remaining if len(remaining) else None
    return remaining.join(fresh)


def _step(
    batch: _Batch, detector: nn.Module, front_end: LogMel, attack: Attack, direction: Direction, threshold: float
) -> Tensor:
    """Judge every excerpt's present state, keep the best, then take one step; return the margins (n,)."""
    delta = batch.delta.requires_grad_()
    logits: Tensor = detector(batch.perturbed(delta, attack, front_end))
    margin: Tensor = ((logits.detach() - threshold) * direction.sign).cpu()
    better = margin > batch.best_margin
    batch.best_margin = torch.where(better, margin, batch.best_margin)
    batch.best_delta[better.to(delta.device)] = delta.detach()[better.to(delta.device)]

    targets = torch.full_like(logits, direction.label)
    system_loss = F.binary_cross_entropy_with_logits(logits, targets, reduction="sum")
    (gradient,) = torch.autograd.grad(delta.square().sum() + attack.alpha * system_loss, delta)
    batch.delta = (delta.detach() - attack.eta * gradient.sign()).clamp(-attack.epsilon, attack.epsilon)
    batch.iterations = batch.iterations + 1
    return margin


@torch.no_grad()
def _outcomes(batch: _Batch, attack: Attack, front_end: LogMel) -> list[Outcome]:
    adversarial = batch.x + batch.best_delta
    signal, noise = (part.flatten(1).square().sum(1) for part in (batch.x, batch.best_delta))
    columns = (
        batch.order.tolist(),
        (batch.best_margin > attack.margin).tolist(),
        batch.best_margin.tolist(),
        (batch.iterations - 1).tolist(),
        (10 * torch.log10(signal / noise)).tolist(),
        batch.x.cpu(),
        adversarial.cpu(),
        batch.clean.cpu(),
        batch.perturbed(batch.best_delta, attack, front_end).cpu(),
    )
    return [Outcome(*row) for row in zip(*columns, strict=True)]
