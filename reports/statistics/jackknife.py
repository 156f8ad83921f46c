"""An interval of a ratio over songs that stays honest near the ends of its range, and where all songs agree by chance.

Student's t with the jackknife's standard error, a song left out at a time, is the interval of what varies continuously.
A share of flips is different: six songs without a flip do not show that flips never happen, but their standard error is
0. Therefore each bound is computed as if one more case had been seen at its end of the range: one at ``low`` for the
lower bound, one at ``high`` for the upper one. This is what turns the observed counts into the exact bounds of Clopper
and Pearson, and what makes Agresti's and Coull's interval cover: where all of n songs of one case agree it gives the
rule of three, about 3 / n. `docs/statistics.md` has sources and measured coverage.
"""

import numpy as np
import numpy.typing as npt

from veracity_bench.reports.statistics.arrays import Floats
from veracity_bench.reports.statistics.student import t_quantile

LIKENESS = 0.25  # assumed correlation of the cases of a song, which says how much news a further case is


def jackknife_interval(
    sums: Floats, sizes: Floats, low: float, high: float, case: npt.ArrayLike | None
) -> tuple[Floats, Floats]:
    """Bound sum(sums) / sum(sizes), each (..., songs >= 2), which lies between ``low`` and ``high``: (below, above).

    ``case`` is what a single case adds to ``sizes``; then the range is finite. None adds no case, for what varies
    continuously. Further axes are further, unrelated ratios.
    """
    below, above = (_reach(*_with_case(sums, sizes, end, case)) for end in (low, high))
    return np.maximum(below[0] - below[1], low), np.minimum(above[0] + above[1], high)


def _with_case(sums: Floats, sizes: Floats, end: float, case: npt.ArrayLike | None) -> tuple[Floats, Floats]:
    """Add a song that holds what a further case is worth, at an end of the range."""
    if case is None:
        return sums, sizes
    weight = (1 - LIKENESS) * np.asarray(case) + LIKENESS * sizes.mean(axis=-1)
    further = np.broadcast_to(weight, sizes.shape[:-1])[..., None]
    return np.concatenate([sums, further * end], axis=-1), np.concatenate([sizes, further], axis=-1)


def _reach(sums: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    """Return the ratio and how far its interval reaches to either side."""
    units = sums.shape[-1]
    total, size = sums.sum(axis=-1), sizes.sum(axis=-1)
    without = (total[..., None] - sums) / (size[..., None] - sizes)
    deviations = without - (total / size)[..., None]
    return total / size, t_quantile(units) * np.sqrt((units - 1) / units * (deviations**2).sum(axis=-1))
