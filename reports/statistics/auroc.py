"""Does a number separate right from wrong? The area under the ROC curve, with an interval over songs.

It is the probability that a right one has a larger number than a wrong one (a tie counts half): 1/2 = the number is no
sign, 1 = it separates them, below 1/2 = the wrong ones have the larger numbers. Only what is alike is compared: a right
and a wrong one of the same condition.
"""

import numpy as np
import numpy.typing as npt

from veracity_bench.reports.statistics.arrays import Floats, Indices
from veracity_bench.reports.statistics.estimates import Estimate
from veracity_bench.reports.statistics.resampling import intervals_over_songs


def auroc(
    values: npt.ArrayLike, right: npt.ArrayLike, songs: npt.ArrayLike, conditions: npt.ArrayLike
) -> Estimate | None:
    """Rate values, each right or wrong, of a song and of a condition; None where none has both right and wrong.

    The right ones of a single song, or the wrong ones, give no interval, for no draw could show how they vary.
    """
    numbers, truth = np.asarray(values, dtype=float), np.asarray(right, dtype=bool)
    names, song = np.unique(np.asarray(songs), return_inverse=True)
    of_song, place = np.eye(len(names))[song], np.asarray(conditions)
    wins, pairs = counts = np.zeros((2, len(names), len(names)))
    for own in (place == name for name in np.unique(place)):
        counts += _between_songs(numbers[own], truth[own], of_song[own])
    if not pairs.any():
        return None
    fewest = min(int(pairs.any(axis=axis).sum()) for axis in (0, 1))
    return Estimate(float(wins.sum() / pairs.sum()), _interval(wins, pairs) if fewest > 1 else None, fewest)


def spread_of_no_sign(right: npt.ArrayLike, conditions: npt.ArrayLike) -> float:
    """Return the standard deviation of the area of numbers that are no sign, of independent excerpts.

    It is Mann's and Whitney's (1947); infinite where no condition has both right and wrong.
    """
    truth, place = np.asarray(right, dtype=bool), np.asarray(conditions)
    sizes = [(int(truth[place == name].sum()), int((~truth)[place == name].sum())) for name in np.unique(place)]
    pairs = sum(m * n for m, n in sizes)
    return float(np.sqrt(sum(m * n * (m + n + 1) / 12 for m, n in sizes)) / pairs) if pairs else np.inf


def _interval(wins: Floats, pairs: Floats) -> tuple[float, float] | None:
    songs = len(wins)

    def area(drawn: Indices) -> Floats:
        rows = np.arange(len(drawn))[:, None]
        times = np.bincount((rows * songs + drawn).ravel(), minlength=drawn.size).reshape(drawn.shape)
        won, compared = (np.einsum("ds,ds->d", times @ matrix, times) for matrix in (wins, pairs))
        return np.asarray(np.divide(won, compared, out=np.full(won.shape, np.nan), where=compared > 0))

    bounds = intervals_over_songs(area, songs)
    return None if bounds is None else (float(bounds[0]), float(bounds[1]))


def _between_songs(values: Floats, right: npt.NDArray[np.bool_], of_song: Floats) -> tuple[Floats, Floats]:
    """Count the pairs (right one of song i, wrong one of song j) won, and all of them, each (songs, songs)."""
    won = np.heaviside(values[right][:, None] - values[~right][None], 0.5)
    return of_song[right].T @ won @ of_song[~right], np.outer(of_song[right].sum(axis=0), of_song[~right].sum(axis=0))
