import numpy as np
import pytest

from veracity_bench.models.games.components import Components
from veracity_bench.models.games.errors import SegmentsError
from veracity_bench.models.games.segmentations import SEGMENTATIONS, common_grid, load_segmentation
from veracity_bench.models.games.segments import Grid
from veracity_bench.models.plugins import NamingError


def empty(*shape):
    return np.zeros(shape, dtype=np.float32)


@pytest.mark.parametrize(
    ("name", "text", "shape", "n"),
    [
        ("grid(time=3)", "grid, 3 in time x 4 in frequency", (1024, 128), 12),
        ("time", "time, 10 in time", (94, 64), 10),
        ("time(segments=4)", "time, 4 in time", (16000,), 4),
        ("time", "time, 10 in time", (1024,), 10),
        ("frequency(segments=6)", "frequency, 6 in frequency", (94, 64), 6),
        ("components(time=2)", "components, harmonic and percussive x 2 in time", (94, 64), 4),
        ("slic(segments=16)", "slic, 16 superpixels", (94, 64), 16),
        ("sound(time=3, frequency=2)", "sound, 3 in time x 2 in frequency of the sound", (63, 1026), 6),
    ],
)
def test_a_name_with_settings_cuts_any_size(name, text, shape, n):
    segmentation = load_segmentation(name, sample_rate=16000)
    partition = segmentation.cut(empty(*shape))
    assert str(segmentation) == text
    assert partition.n_segments == n
    assert partition.map.shape == shape
    assert segmentation.of_sound == name.startswith("sound")


@pytest.mark.parametrize("name", SEGMENTATIONS)
@pytest.mark.parametrize("shape", [(2, 3, 4), (5,), (0, 80)])
def test_what_does_not_fit_is_one_sentence(name, shape):
    with pytest.raises(
        SegmentsError, match=rf"^segments {name}, [^\n]*, an array \([^\n]*; choose other --segments, or"
    ):
        SEGMENTATIONS[name].cut(empty(*shape))


def test_the_stretches_of_a_sound_fade_over_10_ms_at_most():
    long = load_segmentation("time(segments=2)", sample_rate=16000).cut(empty(16000))
    assert isinstance(long, Components)
    assert ((long.shares[0] > 0) & (long.shares[0] < 1)).sum() == pytest.approx(160, abs=2)
    assert load_segmentation("time", sample_rate=16000).cut(empty(20)).n_segments == 10


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("slik", r"unknown segments 'slik' \(did you mean 'slic'\?\): choose one of grid, time"),
        ("grid(time=0)", r"segments grid\(time=0\) cannot be made: ValueError: 0 is no number of segments"),
        ("grid(time=6)", "24 segments are too many, at most 20 are measured"),
        ("slic(segments=many)", "'many' is no number of segments"),
        ("frequency(time=3)", "unexpected keyword argument 'time'"),
        ("grid(3)", "write them as name"),
    ],
)
def test_names_that_stand_for_nothing(name, message):
    with pytest.raises(NamingError, match=message):
        load_segmentation(name)


def test_a_common_grid_has_the_size_of_what_is_cut():
    assert common_grid(load_segmentation("grid(time=2)"), (94, 64)) == Grid(time=2, frequency=4, frames=94, bands=64)
    assert common_grid(SEGMENTATIONS["slic"], (94, 64)) is None
    assert common_grid(SEGMENTATIONS["time"], (16000,)) is None
