"""LIME as published: random coalitions, a cosine kernel, ridge regression (Ribeiro et al. 2016; paper, section 4.4)."""

from dataclasses import dataclass

import numpy as np
from lime.lime_base import LimeBase
from numpy.typing import NDArray

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.support.families import BlackBox
from veracity_bench.models.games.solutions.neighbourhood import KERNEL_WIDTH, cosine_distances, draw_masks, kernel


@dataclass(frozen=True, kw_only=True)
class Lime(BlackBox):
    """Weights of the ridge regression that lime's own LimeBase fits to the detector's output."""

    samples: int = 8192
    kernel_width: float = KERNEL_WIDTH

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        masks = draw_masks(self.samples, instance.n_segments, rng)
        return self.regress(masks, self.game(instance)(masks))[0]

    def regress(self, masks: NDArray[np.float64], outputs: NDArray[np.floating]) -> tuple[NDArray[np.float64], float]:
        """Fit coalitions (n, segments), the first all ones; return weights (segments,) and score, a weighted R^2."""
        base = LimeBase(lambda distances: kernel(distances, self.kernel_width), random_state=0)
        n_segments = masks.shape[1]
        # 'none' keeps every feature: lime's default 'auto' switches to forward selection for six features or fewer.
        _, pairs, score, _ = base.explain_instance_with_data(
            masks, outputs[:, None], cosine_distances(masks), 0, n_segments, feature_selection="none"
        )
        weights = np.empty(n_segments)
        for segment, weight in pairs:  # sorted by |weight|
            weights[segment] = weight
        return weights, float(score)
