"""The settings of an attack: what is perturbed, and equation 2's hyper-parameters (paper, sections 3 and 4.3)."""

from dataclasses import dataclass
from typing import Any, Literal

from torch import Tensor

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
