"""What is explained: a front end, a network, the names of its classes and the rule by which it decides.

    audio (n, samples) --front_end--> representation (n, ...) --network--> outputs (n,) or (n, classes) --rule--> class

Audio is mono float32 in [-1, 1]. Segments are parts of the representation; the front end may be the identity.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import torch
from torch import nn

from veracity_bench.models.audio.stft import on_sound
from veracity_bench.models.class_logit import class_logit
from veracity_bench.models.devices import device_of
from veracity_bench.models.direction import Direction
from veracity_bench.models.rules import Rule, Tag, Threshold

AT_ZERO = Threshold()


@dataclass(frozen=True, eq=False, kw_only=True)
class Classifier:
    """An audio classifier that comes trained, or the built-in singing voice detector.

    network      representation (n, ...) -> outputs: logits, (n,) or (n, classes), never probabilities
    front_end    audio (n, samples) -> representation (n, ...), differentiable; the identity for a network on waveforms.
                 Where it has its two steps as methods, magnitude (audio -> magnitudes (n, frames, bins)) and log_mel
                 (magnitudes -> representation), magnitudes can be attacked, too
    sample_rate  Hz
    samples      how many the classifier takes at a time
    classes      names, as many as outputs; two for a network with one output: what low and high logits stand for
    rule         Threshold(), Tag("one of the classes") or Argmax()
    """

    network: nn.Module
    sample_rate: int
    samples: int
    classes: Sequence[str]
    front_end: nn.Module = nn.Identity()  # noqa: RUF009 - it holds no state
    rule: Rule = AT_ZERO

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """Return the shape of one representation."""
        with torch.no_grad():
            return tuple(self.front_end(torch.zeros(1, self.samples, device=device_of(self.network))).shape[1:])

    def on_sound(self) -> "Classifier":
        """Return the same classifier whose representation is the sound's transform, to be cut in time and frequency."""
        front_end, network = on_sound(self.front_end, self.network, self.samples)
        return replace(self, front_end=front_end.to(device_of(self.network)), network=network)

    @property
    def seconds(self) -> float:
        """Return how long an excerpt is."""
        return self.samples / self.sample_rate

    @property
    def has_magnitude(self) -> bool:
        """Return whether the front end offers magnitudes that an attack can perturb."""
        return all(hasattr(self.front_end, step) for step in ("magnitude", "log_mel"))

    @property
    def directions(self) -> tuple[Direction, ...]:
        """Return the directions in which a prediction may change, of which every experiment is made."""
        return self.rule.directions(self.classes)

    def margin(self, direction: Direction) -> nn.Module:
        """Return representation (n, ...) -> (n,), the logit that decides: `direction.flips(logits, threshold)`."""
        return self._logit(direction, odds=False)

    def log_odds(self, direction: Direction) -> nn.Module:
        """Return representation (n, ...) -> (n,): the logit whose sigmoid is the probability that is explained."""
        return self._logit(direction, odds=True)

    def target(self, direction: Direction) -> int:
        """Return the class whose logit rises towards the target: with one output, the label that it is to get."""
        if isinstance(self.rule, Threshold):
            return direction.label
        return list(self.classes).index(self.rule.name if isinstance(self.rule, Tag) else direction.target)

    def explained(self, target: int) -> str:
        """Return the name of the class for which weights speak: with one output, what a high logit stands for."""
        return self.classes[1 if isinstance(self.rule, Threshold) else target]

    def _logit(self, direction: Direction, *, odds: bool) -> nn.Module:
        return class_logit(self.network, self.rule, self.target(direction), odds=odds)
