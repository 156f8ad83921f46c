"""Feature ablation: remove each segment in turn (captum; Covert et al. 2021 compare all ways of removing)."""

from dataclasses import dataclass

import numpy as np
import torch
from captum.attr import FeatureAblation as CaptumAblation
from numpy.typing import NDArray

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.support.families import BlackBox


@dataclass(frozen=True, kw_only=True)
class FeatureAblation(BlackBox):
    """How far the output falls when one segment is removed: f(all) - f(all but it)."""

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        n, game = instance.n_segments, self.game(instance)
        method = CaptumAblation(lambda masks: torch.from_numpy(game(masks.numpy())))
        weights = method.attribute(torch.ones(1, n), baselines=0, perturbations_per_eval=n)
        return np.asarray(weights.squeeze(0).double().numpy())
