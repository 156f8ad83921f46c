"""One explanation of one excerpt."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from torch import nn

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.contract.registry import load_explainer
from veracity_bench.explainers.contract.weights import checked_weights
from veracity_bench.fixtures.explanations.baselines import mean_baseline
from veracity_bench.models.games.segment_game import SegmentGame
from veracity_bench.models.games.segmentations import SEGMENTATIONS

__all__ = ["Instance", "explain"]


def explain(
    explainer: str,
    detector: nn.Module,
    excerpt: ArrayLike,
    *,
    baseline: ArrayLike | None = None,
    segments: str = "grid",
    samples: int = 8192,
    seed: int = 0,
) -> NDArray[np.float64]:
    """Return the weights (n_segments,) that an explainer gives an excerpt, larger = speaks more for "sing".

    `explainer` is a name such as "lime" or "lime(kernel_width=0.5)", or `module:attribute` of one's own, which runs in
    this process. `excerpt` is log-mel (115, 80); absent segments hold `baseline`, by default the excerpt's mean. Raises
    UserError for a name that stands for nothing and for weights that are not one finite number per segment.
    """
    on = np.array(excerpt, dtype=np.float32)
    off = mean_baseline(on) if baseline is None else np.array(baseline, dtype=np.float32)
    partition = SEGMENTATIONS[segments].cut(on)
    instance = Instance(on, off, partition, SegmentGame(detector, partition, off, on).logits, detector)
    weights = load_explainer(explainer, samples)(instance, np.random.default_rng(seed))
    return checked_weights(explainer, weights, partition.n_segments)
