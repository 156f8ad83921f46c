import numpy as np
import pytest

from veracity_bench.models.audio.stft import BINS
from veracity_bench.models.games.sound import sound_segments


def test_borders_of_frequency_are_equally_far_apart_in_mel():
    segments = sound_segments(63, 16000, time=1, frequency=4)
    of_bin = segments.map[0, :BINS]
    borders = np.flatnonzero(np.diff(of_bin)) * 8000 / (BINS - 1)
    mel = 2595 * np.log10(1 + 8000 / 700)
    np.testing.assert_allclose(
        borders, 700 * (10 ** (mel * np.array([1, 2, 3]) / 4 / 2595) - 1), atol=8000 / (BINS - 1)
    )


def test_both_parts_of_a_bin_are_in_one_segment_and_time_comes_first():
    segments = sound_segments(11, 22050)
    assert segments.n_segments == 20
    np.testing.assert_array_equal(segments.map[:, :BINS], segments.map[:, BINS:])
    assert segments.map[0, 0] == 0
    assert segments.map[10, BINS - 1] == 19
    assert np.bincount(segments.map[:, 0]).max() == 3


@pytest.mark.parametrize(("frames", "time", "frequency"), [(4, 5, 4), (63, 5, 400)])
def test_empty_segments_are_refused(frames, time, frequency):
    with pytest.raises(ValueError, match="do not hold"):
        sound_segments(frames, 22050, time, frequency)
