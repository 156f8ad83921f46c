import numpy as np
import pytest
from toys import Loudness

from veracity_bench.models.attacks.drawing import (
    BRIGHT,
    SHAPES,
    STEP,
    blob,
    draw_until_sung,
    sine,
    strengthened,
    vibrato,
    zigzag,
)
from veracity_bench.models.audio.log_mel import FRAME_LEN, SAMPLE_RATE, LogMel
from veracity_bench.models.games.segments import PAPER_GRID

EVERY_SHAPE = pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)


class Middle:
    """A generator of no surprises."""

    def uniform(self, low, high):
        return (low + high) / 2

    def random(self):
        return 0.0


def segments_of(intensity):
    return set(np.flatnonzero(PAPER_GRID.sums(intensity)).tolist())


@EVERY_SHAPE
def test_intensities_lie_between_none_and_full(shape):
    for seed in range(20):
        intensity = shape(np.random.default_rng(seed))
        assert (intensity.shape, intensity.dtype) == ((115, 80), np.float32)
        assert intensity.min() == 0
        assert 0.9 < intensity.max() <= 1


@EVERY_SHAPE
def test_place_and_size_are_drawn(shape):
    assert np.array_equal(shape(np.random.default_rng(0)), shape(np.random.default_rng(0)))
    assert len({shape(np.random.default_rng(seed)).sum() for seed in range(10)}) == 10


def test_a_blob_by_hand():
    """Centre (57.5, 40), radii 30 frames and 16 bands: full up to 0.71 of a radius, then softer."""
    drawn = blob(Middle())
    assert drawn[57, 40] == drawn[57, 51] == drawn[77, 40] == 1
    assert drawn[57, 52] == pytest.approx(2 * (1 - (12 / 16) ** 2), abs=0.01)
    assert drawn[57, 56] == drawn[57, 24] == drawn[88, 40] == drawn[27, 40] == 0
    assert segments_of(drawn) == {5, 6, 9, 10, 13, 14}


def test_a_sine_by_hand():
    """It is 11 bands wide around band 40 + 5 sin(2 pi frame / 55)."""
    drawn = sine(Middle())
    for frame, centre in ((0, 40), (55, 40), (110, 40)):
        assert drawn[frame].nonzero()[0].tolist() == list(range(centre - 5, centre + 6))
    assert (drawn @ np.arange(80) / drawn.sum(axis=1) > 44.9).nonzero()[0].tolist() == [12, 13, 14, 15, 67, 68, 69, 70]
    assert segments_of(drawn) == {1, 2, 5, 6, 9, 10, 13, 14, 17, 18}


def test_a_zigzag_by_hand():
    """It is 12 frames wide around frame 57.5; in 30 bands it goes 12 to the right, 24 to the left and back."""
    drawn = zigzag(Middle()).T
    centres = drawn @ np.arange(115) / drawn.sum(axis=1)
    assert centres[[0, 15, 30, 60]] == pytest.approx([57.5] * 4, abs=0.01)
    assert centres[[5, 10, 20, 25]] == pytest.approx([57.5 + 8, 57.5 + 8, 57.5 - 8, 57.5 - 8], abs=0.1)
    assert drawn[0].nonzero()[0].tolist() == list(range(52, 64))
    assert segments_of(drawn.T) == {4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}


def test_vibrato_by_hand():
    """Frame 35 is in the third zero crossing upwards of 6 Hz, where the pitch is 325 Hz: ten partials of it are lit."""
    drawn = vibrato(Middle())
    filters = LogMel().filterbank
    bands = [int(filters[round(partial * 325 * FRAME_LEN / SAMPLE_RATE)].argmax()) for partial in range(1, 11)]
    assert (drawn[35, bands] > 0.4).all()
    assert (drawn[35, [0, bands[0] - 3, bands[0] + 3, bands[9] + 4]] == 0).all()
    np.testing.assert_allclose(drawn[35], drawn[70], atol=1e-5)
    assert not np.allclose(drawn[35], drawn[38], atol=0.1)
    assert (drawn.sum(axis=1) > 0).nonzero()[0].tolist() == list(range(26, 90))


def test_a_drawing_becomes_stronger_until_it_is_white():
    original = np.array([[-1.0, -1.0, -1.0, BRIGHT + 1]], dtype=np.float32)
    shape = np.array([[1.0, 0.5, 0.0, 1.0]], dtype=np.float32)
    steps = np.concatenate(list(strengthened(original, shape)))
    assert steps[0].tolist() == [-1 + STEP, -1 + STEP / 2, -1, BRIGHT + 1]
    assert steps[-1].tolist() == [BRIGHT, (BRIGHT - 1) / 2, -1, BRIGHT + 1]
    assert len(steps) == (BRIGHT + 1) / STEP
    assert (np.diff(steps[:, 0]) == STEP).all()


def test_what_is_white_already_cannot_be_drawn_on():
    assert list(strengthened(np.full((1, 2), BRIGHT, np.float32), np.ones((1, 2), np.float32))) == []


QUIET = np.full((115, 80), -5, np.float32)
HALF = (PAPER_GRID.map == 9).astype(np.float32)  # of the segments that the toy is sensitive to


def test_the_weakest_drawing_that_convinces_by_hand():
    """The logit is 8 (-5 + strength / 2 + 4.2): it passes 1 for the first time at strength 2, and 7 at 3.5."""
    for threshold, margin, strength in ((0, 1, 2), (5, 2, 3.5), (-7, 0, 0.5)):
        drawn = draw_until_sung(Loudness(), QUIET, HALF, threshold=threshold, margin=margin)
        np.testing.assert_allclose(drawn - QUIET, strength * HALF)


def test_an_insensitive_detector_does_not_flip():
    elsewhere = (PAPER_GRID.map == 3).astype(np.float32)
    assert draw_until_sung(Loudness(), QUIET, elsewhere, threshold=0, margin=0) is None
