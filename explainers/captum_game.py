"""Perturbation methods of captum, asked about coalitions of segments."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from captum.attr import FeatureAblation as CaptumAblation
from captum.attr import ShapleyValueSampling
from numpy.typing import NDArray
from torch import Tensor

from explainers.base import Instance
from explainers.outputs import BlackBox
from explainers.seeding import libraries_seeded


@dataclass(frozen=True, kw_only=True)
class SamplingShap(BlackBox):
    """Shapley values by random orders: what each segment adds to those before it (Castro et al. 2009).

    An order takes a query per segment, and all share one for the empty coalition: as many whole orders as the samples
    allow, at least one. captum sums up in float32.
    """

    samples: int = 8192

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        n = instance.n_segments
        orders = max((self.samples - 1) // n, 1)
        with libraries_seeded(rng):
            weights = ShapleyValueSampling(_forward(self, instance)).attribute(
                torch.ones(1, n), baselines=0, n_samples=orders, perturbations_per_eval=n
            )
        return np.asarray(weights.squeeze(0).double().numpy())


@dataclass(frozen=True, kw_only=True)
class FeatureAblation(BlackBox):
    """How far the output falls when one segment is removed: f(all) - f(all but it)."""

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        n = instance.n_segments
        weights = CaptumAblation(_forward(self, instance)).attribute(
            torch.ones(1, n), baselines=0, perturbations_per_eval=n
        )
        return np.asarray(weights.squeeze(0).double().numpy())


def _forward(explainer: BlackBox, instance: Instance) -> Callable[[Tensor], Tensor]:
    """Return the game as captum wants it: masks (n, n_segments) -> outputs (n,), tensors both."""
    game = explainer.game(instance)
    return lambda masks: torch.from_numpy(game(masks.numpy()))
