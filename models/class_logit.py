"""A network as a function of one of its classes: by the margin that decides, or by the log-odds that are explained."""

import torch
from torch import Tensor, nn

from veracity_bench.models.rules import Rule, Threshold


def class_logit(network: nn.Module, rule: Rule, target: int, *, odds: bool) -> nn.Module:
    """Return a network as a function of one class, by its margin or its log-odds."""
    if isinstance(rule, Threshold):
        return network  # itself, so that methods which look at its layers see them
    return ClassLogit(network, rule, target, odds=odds)


class ClassLogit(nn.Module):
    """A network as a function of one class: representation (n, ...) -> logits (n,), by a rule's margin or log-odds.

    `head` is a module, so that methods which look at layers find it behind those of the network.
    """

    def __init__(self, network: nn.Module, rule: Rule, target: int, *, odds: bool) -> None:
        super().__init__()
        self.network = network
        self.head: nn.Module = ClassHead(rule, target, odds=odds)

    def forward(self, representation: Tensor) -> Tensor:
        """Return the logits."""
        logits: Tensor = self.head(self.network(representation))
        return logits


class ClassHead(nn.Module):
    """Outputs (n, classes) -> the logits (n,) of one class, by a rule's margin or log-odds."""

    def __init__(self, rule: Rule, target: int, *, odds: bool) -> None:
        super().__init__()
        self._rule, self._target, self._odds = rule, target, odds

    def forward(self, outputs: Tensor) -> Tensor:
        """Return the logits."""
        targets = torch.full((len(outputs),), self._target, device=outputs.device)
        logits = self._rule.odds_logits if self._odds else self._rule.margin_logits
        return logits(outputs, targets)
