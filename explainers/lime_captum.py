"""LIME as captum has it (Ribeiro et al. 2016): its draws, its loop, its ridge regression."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from captum._utils.models.linear_model import SkLearnRidge
from captum.attr import LimeBase
from captum.attr._core.lime import default_perturb_func
from numpy.typing import NDArray
from torch import Tensor

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.support.families import BlackBox
from veracity_bench.explainers.support.seeding import libraries_seeded
from veracity_bench.models.games.solutions.neighbourhood import KERNEL_WIDTH, kernel


@dataclass(frozen=True, kw_only=True)
class CaptumLime(BlackBox):
    """Weights of captum's LIME, with the kernel and the regression of the paper instead of captum's defaults.

    captum's default is a Lasso that leaves most segments a weight of exactly 0, and a kernel of width 1 that hardly
    separates near from far coalitions. Its LimeBase is used, not its Lime, which spends three times as long on
    computing each coalition's proximity anew and on mixing it with a baseline, for the same numbers. captum fits in
    float32.
    """

    samples: int = 8192
    kernel_width: float = KERNEL_WIDTH

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        n, game = instance.n_segments, self.game(instance)
        method = LimeBase(
            lambda masks: torch.from_numpy(game(masks.numpy())),
            SkLearnRidge(alpha=1.0),
            similarity_func=self._similarity(n),
            perturb_func=default_perturb_func,
            perturb_interpretable_space=True,
            from_interp_rep_transform=lambda mask, *_, **__: mask,
            to_interp_rep_transform=None,
        )
        with libraries_seeded(rng):
            weights = method.attribute(
                torch.ones(1, n), n_samples=self.samples, perturbations_per_eval=self.samples, num_interp_features=n
            )
        return np.asarray(weights.flatten().double().numpy())

    def _similarity(self, n: int) -> Any:
        """Return LIME's cosine kernel, which depends on how many of n segments are present only."""
        by_size = kernel(1 - np.sqrt(np.arange(n + 1) / n), self.kernel_width).tolist()

        def similarity(_inputs: Tensor, _perturbed: Tensor, mask: Tensor, **_others: object) -> float:
            return float(by_size[int(mask.sum())])

        return similarity
