import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from veracity_bench.models.games.segments import PAPER_GRID, Grid

GRIDS = st.builds(
    Grid, time=st.integers(1, 7), frequency=st.integers(1, 6), frames=st.integers(7, 40), bands=st.integers(6, 30)
)


def test_the_papers_grid_has_20_segments_of_23_frames_and_20_bands():
    assert PAPER_GRID.n_segments == 20
    assert np.bincount(PAPER_GRID.map.ravel()).tolist() == [23 * 20] * 20


@pytest.mark.parametrize(
    ("frame", "band", "segment"),
    [(0, 0, 0), (22, 19, 0), (0, 20, 1), (0, 79, 3), (23, 0, 4), (57, 45, 10), (114, 0, 16), (114, 79, 19)],
)
def test_segments_count_frequency_first_from_the_low_end(frame, band, segment):
    assert PAPER_GRID.map[frame, band] == segment


def test_sums_by_hand():
    grid = Grid(time=2, frequency=2, frames=2, bands=3)
    assert grid.map.tolist() == [[0, 0, 1], [2, 2, 3]]
    assert grid.sums(np.array([[1.0, 2, 4], [8, 16, 32]])).tolist() == [3, 4, 24, 32]


def test_sums_of_a_batch_are_those_of_its_members():
    batch = np.random.default_rng(0).random((2, 115, 80))
    np.testing.assert_allclose(PAPER_GRID.sums(batch), [PAPER_GRID.sums(one) for one in batch])


@given(GRIDS)
def test_every_bin_is_in_one_segment_and_every_segment_is_a_rectangle(grid):
    assert sorted(set(grid.map.ravel())) == list(range(grid.n_segments))
    for segment in range(grid.n_segments):
        frames, bands = np.nonzero(grid.map == segment)
        assert len(frames) == (np.ptp(frames) + 1) * (np.ptp(bands) + 1)


@given(GRIDS)
def test_a_bin_belongs_to_its_segment_whole(grid):
    assert grid.shares.shape == (grid.n_segments, grid.frames, grid.bands)
    assert set(np.unique(grid.shares)) <= {0, 1}
    np.testing.assert_array_equal(grid.shares.argmax(0), grid.map)
    np.testing.assert_array_equal(grid.shares.sum(0), 1)


@given(GRIDS)
def test_segments_are_as_equal_as_sizes_allow(grid):
    heights = np.bincount(grid.map[:, 0] // grid.frequency)
    widths = np.bincount(grid.map[0])
    assert np.ptp(heights) <= 1
    assert np.ptp(widths) <= 1


@given(GRIDS, st.integers(0, 2**31))
def test_sums_lose_nothing(grid, seed):
    values = np.random.default_rng(seed).random((grid.frames, grid.bands))
    assert grid.sums(values).sum() == pytest.approx(values.sum())
