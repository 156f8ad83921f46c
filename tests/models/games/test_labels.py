import numpy as np
import pytest
from torch import nn

from veracity_bench.models.games.labels import Labels
from veracity_bench.models.games.segment_game import SegmentGame
from veracity_bench.models.games.segments import PAPER_GRID


def test_sums_by_hand():
    labels = Labels(np.array([0, 1, 1, 2]))
    assert labels.n_segments == 3
    assert labels.sums(np.array([[1.0, 2, 4, 8], [1, 1, 1, 1]])).tolist() == [[1, 6, 8], [1, 2, 1]]
    assert labels.sums(np.array([1.0, 2, 4, 8])).tolist() == [1, 6, 8]
    assert labels.shares.tolist() == [[1, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1]]


def test_the_labels_of_a_grid_are_the_grid():
    labels, values = Labels(PAPER_GRID.map), np.random.default_rng(0).random((2, 3, 115, 80))
    np.testing.assert_array_equal(labels.shares, PAPER_GRID.shares)
    np.testing.assert_allclose(labels.sums(values), PAPER_GRID.sums(values))


@pytest.mark.parametrize("shape", [(24,), (4, 6), (2, 3, 4)])
def test_a_game_on_any_shape_mixes_to_the_bit(shape):
    labels = Labels((np.arange(24) % 5).reshape(shape))
    off, on = np.random.default_rng(0).random((2, *shape), dtype=np.float32)
    game = SegmentGame(nn.Flatten(0), labels, off, on)
    mixed = game.spectrograms([[1, 0, 1, 0, 0], [0, 0, 0, 0, 1]])
    np.testing.assert_array_equal(mixed, [np.where(np.isin(labels.map, of), on, off) for of in ((0, 2), (4,))])


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([0, 2], "none left out"),
        ([-1, 0], "none left out"),
        ([1, 2], "none left out"),
        (np.zeros(0, int), "none left out"),
        ([0.0, 1.0], "a map of float64 holds no labels"),
    ],
)
def test_maps_with_a_gap_are_refused(labels, message):
    with pytest.raises(ValueError, match=message):
        Labels(np.asarray(labels))
