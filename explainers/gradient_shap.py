"""GradientSHAP: the gradient at random points of the path from the baseline to the excerpt (captum)."""

from dataclasses import dataclass

import numpy as np
import torch
from captum import attr
from numpy.typing import NDArray

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.support.families import WhiteBox, passes_at_once, segment_weights, tensors
from veracity_bench.explainers.support.seeding import libraries_seeded


@dataclass(frozen=True, kw_only=True)
class GradientShap(WhiteBox):
    """The mean gradient at random points of the path, times its length in each bin (Lundberg and Lee 2017).

    An estimate of integrated gradients; `noise` is the standard deviation of what is added to the excerpt, in nats.
    """

    passes: int = 16
    noise: float = 0.0

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        x, baseline = tensors(instance)
        method = attr.GradientShap(self.network(instance))
        most = passes_at_once(x)
        with libraries_seeded(rng):  # captum by itself would make all passes at once
            batches = (min(most, self.passes - done) for done in range(0, self.passes, most))
            sums = [method.attribute(x, baseline, n_samples=n, stdevs=float(self.noise)) * n for n in batches]
        return segment_weights(instance, torch.stack(sums).sum(dim=0) / self.passes)
