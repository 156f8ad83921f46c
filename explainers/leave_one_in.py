"""Leave one in: what each segment does alone, the counterpart of removing one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.support.families import BlackBox


@dataclass(frozen=True, kw_only=True)
class LeaveOneIn(BlackBox):
    """How far the output rises when one segment is all there is: f(it alone) - f(none)."""

    def __call__(self, instance: Instance, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one weight per segment for "sing"."""
        n = instance.n_segments
        outputs = self.game(instance)(np.vstack([np.zeros(n), np.eye(n)])).astype(np.float64)
        return np.asarray(outputs[1:] - outputs[0])
