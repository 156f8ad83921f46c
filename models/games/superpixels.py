"""Superpixels: regions of a spectrogram that are alike and close together, by SLIC (Achanta et al. 2012).

LIME cuts images so; Haunschmid et al. (2019) cut spectrograms into superpixels. SLIC makes about as many regions as
it is asked for; joining the smallest leaves exactly as many as wanted.
"""

import numpy as np
import skimage
from numpy.typing import NDArray

from veracity_bench.models.games.labels import Labels

Map = NDArray[np.int64]
COMPACTNESS = 0.1 * 2.0 ** np.arange(12)  # from following the values to making squares


def superpixels(spectrogram: NDArray[np.floating], n: int) -> Labels:
    """Return n connected regions of a spectrogram (frames, bands); the same for the same spectrogram.

    SLIC is asked for 2 n regions of low compactness, so that they follow the spectrogram's values; of higher, where
    noise leaves fewer than n. Then the smallest region joins the neighbour of the nearest mean until n are left. Raises
    ValueError for fewer than n bins.
    """
    if not 0 < n <= spectrogram.size:
        raise ValueError(f"{spectrogram.size} bins cannot be cut into {n} regions")
    values = spectrogram.astype(np.float64)
    regions = _at_least(values, n)
    while regions.max() >= n:
        _join_smallest(regions, values)
        regions = np.unique(regions, return_inverse=True)[1]  # numbered without the gap
    return Labels(regions)


def _at_least(values: NDArray[np.float64], n: int) -> Map:
    """Return n regions or more; every bin is one where there are hardly more bins than n."""
    for compactness in COMPACTNESS:
        found: Map = skimage.segmentation.slic(values, 2 * n, compactness=compactness, start_label=0, channel_axis=None)
        if found.max() + 1 >= n:
            return found
    return np.arange(values.size).reshape(values.shape)


def _join_smallest(regions: Map, values: NDArray[np.float64]) -> None:
    sizes = np.bincount(regions.ravel())
    means = np.bincount(regions.ravel(), weights=values.ravel()) / sizes
    smallest = int(np.argmin(sizes))
    neighbours = _neighbours(regions, smallest)
    regions[regions == smallest] = neighbours[np.argmin(abs(means[neighbours] - means[smallest]))]


def _neighbours(regions: Map, region: int) -> Map:
    """Return the regions, ascending, that share a side with a region."""
    padded = np.pad(regions, 1, constant_values=region)
    inside = regions == region
    beside = [np.roll(padded, step, axis)[1:-1, 1:-1][inside] for step in (1, -1) for axis in (0, 1)]
    return np.setdiff1d(np.concatenate(beside), [region])
