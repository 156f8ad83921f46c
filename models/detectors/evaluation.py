"""How often is the detector right? Smoothing, threshold, error, recall and specificity, pooled over frames.

Conventions: predictions are probabilities of "sing" per frame, (frames,), 70 per second; labels are 1 (sing), 0 (no
sing) or -1 (unlabelled, left out); a frame is "sing" when its smoothed probability is strictly above the threshold.
Protocol: Schlueter and Lehner 2018; paper, section 4.2.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd  # here, and in functions: each process that holds a detector would take a second for imports

MEDIAN_FRAMES = 56
UNLABELLED = -1
THRESHOLDS = np.arange(1, 100) / 100

Curve = NDArray[np.floating]
Labels = NDArray[np.integer]


@dataclass(frozen=True)
class Scores:
    """Error, recall and specificity as fractions of `frames`; `auc` is the area under the ROC curve.

    A figure that the labels cannot give (such as recall without sung frames) is NaN.
    """

    error: float
    recall: float
    specificity: float
    auc: float
    frames: int


def smooth(probabilities: Curve) -> Curve:
    """Take the running median over 56 frames (0.8 s), edges replicated: the 29th smallest of frames i-28 .. i+27."""
    from scipy.ndimage import median_filter  # noqa: PLC0415

    smoothed: Curve = median_filter(probabilities, size=MEDIAN_FRAMES, mode="nearest")
    return smoothed


def choose_threshold(curves: Sequence[Curve], labels: Sequence[Labels]) -> float:
    """Return the threshold of 0.01 .. 0.99 with the lowest error on smoothed curves; of equals the one nearest 0.5."""
    pooled, truth = _pool(curves, labels)
    errors = [np.mean((pooled > threshold) != truth) for threshold in THRESHOLDS]
    best = THRESHOLDS[np.isclose(errors, np.min(errors), rtol=0, atol=1e-12)]
    return float(best[np.argmin(np.abs(best - 0.5))])


def evaluate(curves: Sequence[Curve], labels: Sequence[Labels], threshold: float) -> Scores:
    """Score smoothed curves against labels of the same lengths, all labelled frames of all songs pooled."""
    pooled, truth = _pool(curves, labels)
    predicted = pooled > threshold
    return Scores(
        error=float(np.mean(predicted != truth)),
        recall=float(np.mean(predicted[truth])) if truth.any() else float("nan"),
        specificity=float(np.mean(~predicted[~truth])) if not truth.all() else float("nan"),
        auc=_area(truth, pooled) if 0 < truth.sum() < len(truth) else float("nan"),
        frames=len(truth),
    )


def summarise(runs: Sequence[Scores]) -> "pd.DataFrame":
    """Return mean and standard deviation (n - 1) of every figure over training runs."""
    import pandas as pd  # noqa: PLC0415

    return pd.DataFrame([asdict(run) for run in runs]).agg(["mean", "std"])


def _pool(curves: Sequence[Curve], labels: Sequence[Labels]) -> tuple[Curve, NDArray[np.bool_]]:
    pooled, truth = np.concatenate(list(curves)), np.concatenate(list(labels))
    labelled = truth != UNLABELLED
    if not labelled.any():
        raise ValueError("no labelled frame to evaluate on")
    # In double precision: a threshold must mean the same when it is chosen and when it is applied.
    return pooled[labelled].astype(np.float64), truth[labelled] == 1


def _area(truth: NDArray[np.bool_], pooled: Curve) -> float:
    from sklearn.metrics import roc_auc_score  # noqa: PLC0415

    return float(roc_auc_score(truth, pooled))
