import numpy as np
import pytest
from scipy.ndimage import gaussian_filter, label

from veracity_bench.models.games.superpixels import superpixels

NOISE = np.random.default_rng(0).normal(size=(115, 80)).astype(np.float32)
SPECTROGRAMS = {"silence": np.full((115, 80), -16.0), "noise": NOISE, "smooth": gaussian_filter(NOISE, 3)}


@pytest.mark.parametrize("n", [1, 2, 7, 17, 20])
@pytest.mark.parametrize("spectrogram", SPECTROGRAMS.values(), ids=SPECTROGRAMS)
def test_there_are_exactly_as_many_connected_regions_as_asked_for(spectrogram, n):
    regions = superpixels(spectrogram, n)
    assert regions.n_segments == n
    assert [label(regions.map == one)[1] for one in range(n)] == [1] * n


@pytest.mark.parametrize("shape", [(1, 9), (3, 7), (9, 1), (4, 4)])
def test_few_bins_are_enough_for_as_many_regions(shape):
    for n in range(1, np.prod(shape) + 1):
        assert superpixels(np.random.default_rng(n).random(shape), n).n_segments == n


def test_regions_follow_the_values_and_are_the_same_every_time():
    loud = np.zeros((115, 80), dtype=np.float32)
    loud[30:60, 20:50] = 5
    regions = superpixels(loud + 0.01 * NOISE, 12)
    assert not set(regions.map[loud > 0]) & set(regions.map[loud == 0])
    np.testing.assert_array_equal(regions.map, superpixels(loud + 0.01 * NOISE, 12).map)


@pytest.mark.parametrize("n", [0, 13])
def test_more_regions_than_bins_are_refused(n):
    with pytest.raises(ValueError, match="12 bins cannot be cut"):
        superpixels(np.zeros((3, 4)), n)
