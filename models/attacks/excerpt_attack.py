"""The adversarial attack: Carlini and Wagner's for audio, batched over excerpts (paper, section 3).

    loss  = ||delta||^2 + alpha * BCE(f(x + delta), target)
    delta = clip(delta - eta * sign(gradient of the loss), -epsilon, epsilon)

x is an excerpt's waveform, or its linear magnitude spectrogram; f is the logit that decides: with several classes, of
which one is chosen, by how much the target's exceeds the largest of the others. An excerpt has flipped when its logit
lies past the threshold by more than `confidence` on the target's side; it then stops at once. The paper stops at the
first flip (confidence 0), which leaves the adversarial excerpt on the threshold itself.

An attack can be confined to a part of the representation (Goepfert et al. 2019): the network's input is
clean + mask * (front_end(x + delta) - clean), so that nothing of the perturbation exists elsewhere, nor any gradient.
As with segments that are planted afterwards, no sound has such a spectrogram, for frames overlap and bands share bins.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Any, Literal

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from veracity_bench.models.classifier import Classifier
from veracity_bench.models.detectors.frozen import frozen
from veracity_bench.models.devices import device_of
from veracity_bench.models.direction import Direction
from veracity_bench.models.rules import MARGIN


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

    def perturbed(self, front_end: Any, audio: Tensor) -> Tensor:
        """Map audio (n, samples) to what is perturbed: itself, or magnitudes (n, frames, bins)."""
        return audio if self.domain == "waveform" else front_end.magnitude(audio)

    def representation(self, front_end: Any, x: Tensor) -> Tensor:
        """Map what is perturbed to the classifier's representation (n, ...)."""
        represented: Tensor = front_end(x) if self.domain == "waveform" else front_end.log_mel(x)
        return represented


ATTACKS = {
    "waveform": Attack(domain="waveform", epsilon=0.01, eta=0.0003, alpha=2.0),
    "spectrogram": Attack(domain="spectrogram", epsilon=0.1, eta=0.0005, alpha=15.0),
}

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
    clean_representation: Tensor
    adversarial_representation: Tensor


@dataclass(frozen=True)
class _Excerpt:
    """An excerpt (samples,) to attack, the direction it is to go in, and where its representation may change."""

    order: int
    audio: Tensor
    direction: Direction
    mask: Tensor


@dataclass(eq=False)
class _Batch:
    """The excerpts under attack, one per row of every tensor; the fields are in step."""

    order: Tensor
    x: Tensor
    clean: Tensor
    mask: Tensor
    target: Tensor
    sign: Tensor
    delta: Tensor
    best_delta: Tensor
    best_margin: Tensor
    iterations: Tensor

    @classmethod
    def start(cls, excerpts: Sequence[_Excerpt], classifier: Classifier, attack: Attack) -> "_Batch":
        n, device = len(excerpts), device_of(classifier.network)
        x = attack.perturbed(classifier.front_end, torch.stack([one.audio for one in excerpts]).to(device))
        clean = attack.representation(classifier.front_end, x)
        return cls(
            torch.tensor([one.order for one in excerpts]),
            x,
            clean,
            torch.stack([one.mask.expand(clean.shape[1:]) for one in excerpts]).to(device),
            torch.tensor([classifier.target(one.direction) for one in excerpts], device=device),
            torch.tensor([float(one.direction.sign) for one in excerpts], device=device),
            torch.zeros_like(x),
            torch.zeros_like(x),
            torch.full((n,), -torch.inf),
            torch.zeros(n, dtype=torch.long),
        )

    def perturbed(self, delta: Tensor, attack: Attack, front_end: nn.Module) -> Tensor:
        """Return the network's input, (n, ...), perturbed where the masks are 1."""
        changed = attack.representation(front_end, self.x + delta)
        return torch.lerp(self.clean, changed, self.mask)  # either, to the bit

    def __len__(self) -> int:
        return len(self.x)

    def select(self, rows: Tensor) -> "_Batch":
        return replace(self, **{name: tensor[rows.to(tensor.device)] for name, tensor in vars(self).items()})

    def join(self, other: "_Batch") -> "_Batch":
        return replace(self, **{name: torch.cat([tensor, vars(other)[name]]) for name, tensor in vars(self).items()})


def attack_excerpts(
    classifier: Classifier,
    audio: Iterator[Tensor],
    attack: Attack,
    *,
    directions: Iterator[Direction],
    wanted: int,
    masks: Iterator[Tensor] | None = None,
) -> list[Outcome]:
    """Attack excerpts of audio (samples,), in order, until `wanted` of them flipped or there are no more.

    No more are under attack at a time than are still wanted, nor more than 32: one that flips or runs out of
    iterations makes room for the next.
    `directions` are one per excerpt; so are `masks`, of the representation's shape, of 0 .. 1, by default everywhere 1.
    Returns the outcome of every attempt in the given order.
    """
    frozen(classifier.network)
    given = zip(audio, directions, masks or repeat(EVERYWHERE), strict=False)
    pending = (_Excerpt(order, *one) for order, one in enumerate(given))
    outcomes: list[Outcome] = []
    batch = _take(pending, min(wanted, BATCH), attack, classifier)
    while batch is not None:
        margin = _step(batch, classifier, attack)
        over = (margin > attack.margin) | (batch.iterations > attack.iterations)
        if over.any():
            outcomes += _outcomes(batch.select(over), attack, classifier.front_end)
            missing = wanted - sum(outcome.flipped for outcome in outcomes)
            room = min(missing, BATCH) - int((~over).sum())
            batch = _join(batch.select(~over), _take(pending, room, attack, classifier))
    return sorted(outcomes, key=lambda outcome: outcome.order)


def _take(pending: Iterator[_Excerpt], room: int, attack: Attack, classifier: Classifier) -> _Batch | None:
    """Start the next `room` excerpts; None where there are none or there is no room."""
    taken = [excerpt for _, excerpt in zip(range(room), pending, strict=False)]
    return _Batch.start(taken, classifier, attack) if taken else None


def _join(remaining: _Batch, fresh: _Batch | None) -> _Batch | None:
    if fresh is None:
        return remaining if len(remaining) else None
    return remaining.join(fresh)


def _step(batch: _Batch, classifier: Classifier, attack: Attack) -> Tensor:
    """Judge every excerpt's present state, keep the best, then take one step; return the margins (n,)."""
    delta, rule = batch.delta.requires_grad_(), classifier.rule
    outputs: Tensor = classifier.network(batch.perturbed(delta, attack, classifier.front_end))
    logits = rule.margin_logits(outputs, batch.target)
    margin = ((logits.detach() - rule.threshold) * batch.sign).cpu()
    better = margin > batch.best_margin
    batch.best_margin = torch.where(better, margin, batch.best_margin)
    batch.best_delta[better.to(delta.device)] = delta.detach()[better.to(delta.device)]

    system_loss = F.binary_cross_entropy_with_logits(logits, (batch.sign > 0).to(logits), reduction="sum")
    (gradient,) = torch.autograd.grad(delta.square().sum() + attack.alpha * system_loss, delta)
    batch.delta = (delta.detach() - attack.eta * gradient.sign()).clamp(-attack.epsilon, attack.epsilon)
    batch.iterations = batch.iterations + 1
    return margin


@torch.no_grad()
def _outcomes(batch: _Batch, attack: Attack, front_end: nn.Module) -> list[Outcome]:
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
