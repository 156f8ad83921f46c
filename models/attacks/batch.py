"""The excerpts that are under attack together, and what becomes of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from veracity_bench.models.attacks.attack import Attack
from veracity_bench.models.classifier import Classifier
from veracity_bench.models.devices import device_of
from veracity_bench.models.direction import Direction

LOOK = 25  # updates from one look at an excerpt's progress to the next


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
class Excerpt:
    """An excerpt (samples,) to attack, the direction it is to go in, and where its representation may change."""

    order: int
    audio: Tensor
    direction: Direction
    mask: Tensor


@dataclass(eq=False)
class Batch:
    """The excerpts under attack, one per row of every tensor; the fields are in step.

    `looks` are the best margins so far after 0, 25, 50 ... updates, (n, looks).
    """

    order: Tensor
    x: Tensor
    clean: Tensor
    mask: Tensor
    target: Tensor
    sign: Tensor
    delta: Tensor
    best_delta: Tensor
    best_margin: Tensor
    looks: Tensor
    iterations: Tensor

    @classmethod
    def start(cls, excerpts: Sequence[Excerpt], classifier: Classifier, attack: Attack) -> "Batch":
        """Return excerpts before their first update."""
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
            torch.full((n, 1 + attack.iterations // LOOK), torch.nan),
            torch.zeros(n, dtype=torch.long),
        )

    def perturbed(self, delta: Tensor, attack: Attack, front_end: nn.Module) -> Tensor:
        """Return the network's input, (n, ...), perturbed where the masks are 1."""
        changed = attack.representation(front_end, self.x + delta)
        return torch.lerp(self.clean, changed, self.mask)  # either, to the bit

    def look(self) -> tuple[Tensor, Tensor]:
        """Note the best margins of the excerpts that have come to a look; return which did (n,) and to which (n,)."""
        done = self.iterations - 1
        due, look = done % LOOK == 0, done // LOOK
        self.looks[due, look[due]] = self.best_margin[due]
        return due, look

    def __len__(self) -> int:
        return len(self.x)

    def select(self, rows: Tensor) -> "Batch":
        """Return the excerpts that `rows` (n,) is true of."""
        return replace(self, **{name: tensor[rows.to(tensor.device)] for name, tensor in vars(self).items()})

    def join(self, other: "Batch") -> "Batch":
        """Return these excerpts, then the other batch's."""
        return replace(self, **{name: torch.cat([tensor, vars(other)[name]]) for name, tensor in vars(self).items()})

    @torch.no_grad()
    def outcomes(self, attack: Attack, front_end: nn.Module) -> list[Outcome]:
        """Return what became of the excerpts, by their best states."""
        adversarial = self.x + self.best_delta
        signal, noise = (part.flatten(1).square().sum(1) for part in (self.x, self.best_delta))
        columns = (
            self.order.tolist(),
            (self.best_margin > attack.margin).tolist(),
            self.best_margin.tolist(),
            (self.iterations - 1).tolist(),
            (10 * torch.log10(signal / noise)).tolist(),
            self.x.cpu(),
            adversarial.cpu(),
            self.clean.cpu(),
            self.perturbed(self.best_delta, attack, front_end).cpu(),
        )
        return [Outcome(*row) for row in zip(*columns, strict=True)]
