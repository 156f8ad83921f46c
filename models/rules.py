"""By what rule a network's outputs become a decision, and what that decision's logit is.

Two numbers belong to a direction. The margin says whether the target is decided for: it is what attacks, flip@k and
the oracle go by. The log-odds is the logit whose sigmoid is the target's probability: it is what explainers query.
With a threshold on one logit they are the same. With several classes, of which one is chosen, they differ:

    margin    z_target - max of the others         positive just where the target is chosen
    log-odds  z_target - logsumexp of the others   its sigmoid is the softmax probability of the target
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

import torch
from torch import Tensor

from veracity_bench.models.direction import Direction, both_ways

RUNNER_UP = "predicted_to_runner_up"
# How far from the threshold a logit must be for every way of computing it (batches, tables, whole songs) to agree.
MARGIN = 1e-3


class Rule(Protocol):
    """How outputs, (n,) or (n, classes), become decisions; `threshold` is what a margin's logit is compared with."""

    @property
    def threshold(self) -> float:
        """The logit above which a high logit's class is decided for."""
        ...

    def directions(self, classes: Sequence[str]) -> tuple[Direction, ...]:
        """Return the directions that are measured; where they depend on the excerpt, what stands for them."""
        ...

    def directed(self, outputs: Tensor, classes: Sequence[str], direction: Direction) -> list[Direction | None]:
        """Return for each excerpt the direction that it can be changed in; None where it is no such excerpt."""
        ...

    def margin_logits(self, outputs: Tensor, targets: Tensor) -> Tensor:
        """Return the logits (n,) that decide, given the class of each row's target (n,)."""
        ...

    def odds_logits(self, outputs: Tensor, targets: Tensor) -> Tensor:
        """Return the logits (n,) whose sigmoid is explained, given the class of each row's target (n,)."""
        ...


@dataclass(frozen=True)
class Threshold:
    """A network with one output per excerpt, (n,): high logits stand for the second of two classes."""

    threshold: float = 0.0

    def directions(self, classes: Sequence[str]) -> tuple[Direction, ...]:
        """Return both ways between the two classes."""
        low, high = classes
        return both_ways(low, high)

    def directed(self, outputs: Tensor, classes: Sequence[str], direction: Direction) -> list[Direction | None]:
        """Return the direction itself for excerpts predicted as its origin."""
        return _of_origin(outputs - self.threshold, direction)

    def margin_logits(self, outputs: Tensor, targets: Tensor) -> Tensor:
        """Return the outputs."""
        return outputs

    odds_logits = margin_logits


@dataclass(frozen=True)
class Tag:
    """One of several independent outputs, (n, classes), each with a threshold of its own: a tag is on or off."""

    name: str
    threshold: float = 0.0

    def directions(self, classes: Sequence[str]) -> tuple[Direction, ...]:
        """Return from off to on, and back."""
        return both_ways(f"not {self.name}", self.name)

    def directed(self, outputs: Tensor, classes: Sequence[str], direction: Direction) -> list[Direction | None]:
        """Return the direction itself for excerpts predicted as its origin."""
        return _of_origin(outputs[:, list(classes).index(self.name)] - self.threshold, direction)

    def margin_logits(self, outputs: Tensor, targets: Tensor) -> Tensor:
        """Return the outputs of the tag, which is every row's target."""
        return _chosen(outputs, targets)

    odds_logits = margin_logits


@dataclass(frozen=True)
class Argmax:
    """The largest of several outputs, (n, classes), wins: they exclude each other, as under a softmax."""

    threshold: ClassVar[float] = 0.0

    def directions(self, classes: Sequence[str]) -> tuple[Direction, ...]:
        """Return what stands for all: from the class predicted to the runner-up, whichever they are."""
        return (Direction("predicted", "runner-up", 1, RUNNER_UP),)

    def directed(self, outputs: Tensor, classes: Sequence[str], direction: Direction) -> list[Direction | None]:
        """Return from the class predicted to the runner-up of every excerpt."""
        best = outputs.topk(2).indices.tolist()
        return [Direction(classes[first], classes[second], 1, direction.name) for first, second in best]

    def margin_logits(self, outputs: Tensor, targets: Tensor) -> Tensor:
        """Return by how much the target's output exceeds the largest of the others."""
        return _chosen(outputs, targets) - _others(outputs, targets).amax(dim=1)

    def odds_logits(self, outputs: Tensor, targets: Tensor) -> Tensor:
        """Return the log-odds of the target under a softmax."""
        return _chosen(outputs, targets) - _others(outputs, targets).logsumexp(dim=1)


def _of_origin(logits: Tensor, direction: Direction) -> list[Direction | None]:
    return [direction if of_origin else None for of_origin in (-direction.sign * logits > MARGIN).tolist()]


def _chosen(outputs: Tensor, targets: Tensor) -> Tensor:
    return outputs.gather(1, targets[:, None])[:, 0]


def _others(outputs: Tensor, targets: Tensor) -> Tensor:
    return outputs.scatter(1, targets[:, None], -torch.inf)
