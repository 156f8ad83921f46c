"""The adversarial attack: Carlini and Wagner's for audio, batched over excerpts (paper, section 3).

    loss  = ||delta||^2 + alpha * BCE(f(x + delta), target)
    delta = clip(delta - eta * sign(gradient of the loss), -epsilon, epsilon)

x is an excerpt's waveform, or its linear magnitude spectrogram; f is the logit that decides: with several classes, of
which one is chosen, by how much the target's exceeds the largest of the others. An excerpt has flipped when its logit
lies past the threshold by more than `confidence` on the target's side; it then stops at once. The paper stops at the
first flip (confidence 0), which leaves the adversarial excerpt on the threshold itself. An excerpt that comes to rest
short of that is given up (`_hopeless`): else such ones would take nine tenths of all updates.

An attack can be confined to a part of the representation (Goepfert et al. 2019): the network's input is
clean + mask * (front_end(x + delta) - clean), so that nothing of the perturbation exists elsewhere, nor any gradient.
As with segments that are planted afterwards, no sound has such a spectrogram, for frames overlap and bands share bins.
"""

from collections.abc import Iterator
from itertools import repeat

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from veracity_bench.models.attacks.attack import Attack
from veracity_bench.models.attacks.batch import LOOK, Batch, Excerpt, Outcome
from veracity_bench.models.classifier import Classifier
from veracity_bench.models.detectors.frozen import frozen
from veracity_bench.models.direction import Direction

BATCH = 32
EVERYWHERE = torch.ones(())
FASTER = 3.0  # times an excerpt's pace, at which it might go on at the very most


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

    No more are under attack at a time than are still wanted, nor more than 32: one that flips, runs out of
    iterations or is given up makes room for the next.
    `directions` are one per excerpt; so are `masks`, of the representation's shape, of 0 .. 1, by default everywhere 1.
    Returns the outcome of every attempt in the given order.
    """
    frozen(classifier.network)
    given = zip(audio, directions, masks or repeat(EVERYWHERE), strict=False)
    pending = (Excerpt(order, *one) for order, one in enumerate(given))
    outcomes: list[Outcome] = []
    batch = _take(pending, min(wanted, BATCH), attack, classifier)
    while batch is not None:
        margin = _step(batch, classifier, attack)
        over = (margin > attack.margin) | (batch.iterations > attack.iterations) | _hopeless(batch, attack)
        if over.any():
            outcomes += batch.select(over).outcomes(attack, classifier.front_end)
            missing = wanted - sum(outcome.flipped for outcome in outcomes)
            room = min(missing, BATCH) - int((~over).sum())
            batch = _join(batch.select(~over), _take(pending, room, attack, classifier))
    return sorted(outcomes, key=lambda outcome: outcome.order)


def _take(pending: Iterator[Excerpt], room: int, attack: Attack, classifier: Classifier) -> Batch | None:
    """Start the next `room` excerpts; None where there are none or there is no room."""
    taken = [excerpt for _, excerpt in zip(range(room), pending, strict=False)]
    return Batch.start(taken, classifier, attack) if taken else None


def _join(remaining: Batch, fresh: Batch | None) -> Batch | None:
    if fresh is None:
        return remaining if len(remaining) else None
    return remaining.join(fresh)


def _step(batch: Batch, classifier: Classifier, attack: Attack) -> Tensor:
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


def _hopeless(batch: Batch, attack: Attack) -> Tensor:
    """Return which excerpts (n,) have come to a look and would not flip even at three times their latest pace.

    The latest is that over the second half of their updates: margins rise ever more slowly, but in fits and starts.
    """
    due, look = batch.look()
    half = look // 2
    pace = (batch.best_margin - batch.looks.gather(1, half[:, None])[:, 0]) / (look - half)
    left = attack.iterations / LOOK - look
    return due & (batch.best_margin + FASTER * pace * left < attack.margin)
