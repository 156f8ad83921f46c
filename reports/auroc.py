"""Does a number tell right from wrong? The area under the ROC curve, with an interval over songs.

It is the probability that a right one has a larger number than a wrong one (a tie counts half): 1/2 = the number tells
nothing, 1 = it tells all, below 1/2 = the wrong ones have the larger numbers.
"""

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score

from reports.statistics import Estimate, Floats, Indices, intervals_over_songs


def auroc(values: npt.ArrayLike, right: npt.ArrayLike, songs: npt.ArrayLike) -> Estimate | None:
    """Rate values, each right or wrong and of a song; None where all are right or all wrong.

    The right ones of a single song, or the wrong ones, give no interval, for no draw could tell how they vary.
    """
    numbers, truth = np.asarray(values, dtype=float), np.asarray(right, dtype=bool)
    if truth.all() or not truth.any():
        return None
    names, song = np.unique(np.asarray(songs), return_inverse=True)
    fewest = min(np.unique(song[side]).size for side in (truth, ~truth))
    interval = _interval(*_between_songs(numbers, truth, np.eye(len(names))[song])) if fewest > 1 else None
    return Estimate(float(roc_auc_score(truth, numbers)), interval, fewest)


def _interval(wins: Floats, pairs: Floats) -> tuple[float, float] | None:
    def area(drawn: Indices) -> Floats:
        times = np.eye(len(wins))[drawn].sum(axis=-2)  # how often each song was drawn
        won, compared = (np.sum(times @ matrix * times, axis=-1) for matrix in (wins, pairs))
        return np.asarray(np.divide(won, compared, out=np.full(won.shape, np.nan), where=compared > 0))

    bounds = intervals_over_songs(area, len(wins))
    return None if bounds is None else (float(bounds[0]), float(bounds[1]))


def _between_songs(values: Floats, right: npt.NDArray[np.bool_], of_song: Floats) -> tuple[Floats, Floats]:
    """Count the pairs (right one of song i, wrong one of song j) won, and all of them, each (songs, songs)."""
    won = np.heaviside(values[right][:, None] - values[~right][None], 0.5)
    return of_song[right].T @ won @ of_song[~right], np.outer(of_song[right].sum(axis=0), of_song[~right].sum(axis=0))
