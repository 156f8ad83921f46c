import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

import veracity_bench.models.games.segment_game
from veracity_bench.models.detectors.build import build_detector
from veracity_bench.models.games.components import Components, harmonic_percussive
from veracity_bench.models.games.segment_game import SegmentGame
from veracity_bench.models.games.segments import PAPER_GRID, Grid
from veracity_bench.models.games.solutions.coalitions import masks as masks_of

SMALL = Grid(time=2, frequency=2, frames=4, bands=4)


class SumOfSquares(nn.Module):
    """logit = sum over the spectrogram of x^2, less 1"""

    def __init__(self):
        super().__init__()
        self.bias = nn.Parameter(torch.tensor(-1.0))

    def forward(self, x):
        return x.square().sum(dim=(1, 2)) + self.bias


def test_values_by_hand():
    """Four bins of 1, 2, 3 and 4 per segment when present, 0 otherwise."""
    game = SegmentGame(SumOfSquares(), SMALL, np.zeros((4, 4)), SMALL.map + 1)
    masks = [[0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 1], [1, 1, 1, 1]]
    assert game.logits(masks).tolist() == [-1, 3, 35, 4 * (4 + 16) - 1, 4 * 30 - 1]


def test_probabilities_are_those_of_the_logits():
    game = SegmentGame(SumOfSquares(), SMALL, np.zeros((4, 4)), SMALL.map / 4)
    masks = [[0, 0, 0, 0], [0, 1, 0, 0], [1, 1, 1, 1]]
    expected = 1 / (1 + np.exp(-np.array([-1, -0.75, 2.5])))
    np.testing.assert_allclose(game.probabilities(masks), expected)
    assert game.probabilities(masks).dtype == np.float64


def test_absent_segments_hold_the_other_content():
    off, on = np.full((4, 4), 2.0), np.full((4, 4), 1.0)
    game = SegmentGame(SumOfSquares(), SMALL, off, on)
    assert game.logits([[0] * 4, [1, 0, 0, 0], [1] * 4]).tolist() == [63, 51, 15]


@pytest.mark.parametrize("dtype", [bool, int, float])
def test_masks_may_be_of_any_type(dtype):
    game = SegmentGame(SumOfSquares(), SMALL, np.zeros((4, 4)), SMALL.map + 1)
    assert game.logits(np.array([[0, 1, 0, 1]], dtype=dtype)).tolist() == [79]


def test_no_mask_has_no_value():
    game = SegmentGame(SumOfSquares(), SMALL, np.zeros((4, 4)), np.ones((4, 4)))
    assert game.logits(np.empty((0, 4))).shape == game.probabilities(np.empty((0, 4))).shape == (0,)


@pytest.mark.parametrize("shape", [(4,), (2, 3), (2, 5), (1, 2, 4)])
def test_masks_of_another_shape_are_refused(shape):
    game = SegmentGame(SumOfSquares(), SMALL, np.zeros((4, 4)), np.ones((4, 4)))
    with pytest.raises(ValueError, match="do not name 4 segments each"):
        game.logits(np.ones(shape))


@pytest.mark.parametrize("batch", [1, 3, 7, 64])
def test_the_batch_changes_nothing(monkeypatch, batch):
    rng = np.random.default_rng(0)
    off, on = rng.random((2, 115, 80))
    masks = rng.integers(0, 2, (20, 20))
    expected = SegmentGame(SumOfSquares(), PAPER_GRID, off, on).logits(masks)
    monkeypatch.setattr(veracity_bench.models.games.segment_game, "CPU_BATCH", batch)
    np.testing.assert_allclose(SegmentGame(SumOfSquares(), PAPER_GRID, off, on).logits(masks), expected, rtol=1e-6)


def test_the_detector_plays_in_evaluation_mode():
    detector = nn.Sequential(nn.Dropout(0.5), SumOfSquares()).train()
    game = SegmentGame(detector, SMALL, np.zeros((4, 4)), np.ones((4, 4)))
    assert game.logits([[1] * 4] * 5).tolist() == [15] * 5


@given(
    st.builds(Grid, time=st.integers(1, 4), frequency=st.integers(1, 4), frames=st.just(9), bands=st.just(7)),
    st.integers(0, 2**31),
)
def test_the_game_is_the_detector_on_the_assembled_spectrogram(grid, seed):
    rng = np.random.default_rng(seed)
    off, on = rng.random((2, 9, 7), dtype=np.float32)
    masks = np.vstack([np.zeros(grid.n_segments), np.ones(grid.n_segments), rng.integers(0, 2, (3, grid.n_segments))])
    logits = SegmentGame(SumOfSquares(), grid, off, on).logits(masks)
    assembled = [np.where(mask[grid.map] > 0, on, off) for mask in masks]
    np.testing.assert_allclose(logits, [np.sum(x.astype(float) ** 2) - 1 for x in assembled], atol=1e-4)
    np.testing.assert_allclose(logits[:2], [np.sum(x.astype(float) ** 2) - 1 for x in (off, on)], atol=1e-4)


@given(
    st.builds(Grid, time=st.integers(1, 4), frequency=st.integers(1, 4), frames=st.just(9), bands=st.just(7)),
    st.integers(0, 2**31),
)
def test_on_a_grid_every_bin_is_one_of_the_two_to_the_bit(grid, seed):
    rng = np.random.default_rng(seed)
    off, on = rng.normal(-5, 3, (2, 9, 7)).astype(np.float32)
    masks = rng.integers(0, 2, (5, grid.n_segments))
    mixed = SegmentGame(SumOfSquares(), grid, off, on).spectrograms(masks)
    np.testing.assert_array_equal(mixed, [np.where(mask[grid.map] > 0, on, off) for mask in masks])


def test_components_mix_by_their_shares():
    """Of two bins, 1 and 4 apart, one belongs to the first component, three quarters of the other to the second."""
    partition = Components(np.array([[[1, 0.25]], [[0, 0.75]]], dtype=np.float32))
    game = SegmentGame(SumOfSquares(), partition, [[2, 0]], [[3, 4]])
    assert game.spectrograms(masks_of(range(4), 2)).tolist() == [[[2, 0]], [[3, 1]], [[2, 3]], [[3, 4]]]
    assert game.table().tolist() == [4 - 1, 10 - 1, 13 - 1, 25 - 1]
    assert game.obstacle == "Components are no grid, so a window may see them all"


@given(st.integers(0, 2**31))
def test_components_share_out_what_is_inserted(seed):
    """What single components change adds up to what all change, and the game is the detector on the mixture."""
    rng = np.random.default_rng(seed)
    off, on = rng.normal(-1, 1, (2, 40, 20)).astype(np.float32)
    partition = harmonic_percussive(on)
    game = SegmentGame(SumOfSquares(), partition, off, on)
    np.testing.assert_allclose((game.spectrograms(np.eye(10)) - off).sum(0), on - off, atol=1e-5)
    masks = np.vstack([np.zeros(10), np.ones(10), rng.integers(0, 2, (3, 10))])
    expected = off + np.tensordot(masks, partition.shares, 1) * (on - off)
    np.testing.assert_allclose(game.spectrograms(masks), expected, atol=1e-5)
    np.testing.assert_allclose(game.logits(masks), (expected**2).sum((1, 2)) - 1, rtol=1e-5)


def test_our_detector_hears_components_by_forward_passes():
    off, on = np.random.default_rng(0).normal(-5, 1, (2, 115, 80)).astype(np.float32)
    game = SegmentGame(build_detector("cnn-2015").eval().requires_grad_(False), harmonic_percussive(on), off, on)
    assert (game.method, game.enumerable) == ("batched forward passes", True)


class Counting(SumOfSquares):
    passes = 0

    def forward(self, x):
        self.passes += len(x)
        return super().forward(x)


def test_of_few_segments_each_coalition_takes_one_forward_pass():
    detector = Counting()
    game = SegmentGame(detector, SMALL, np.zeros((4, 4)), SMALL.map + 1)
    asked = [[1, 0, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0]]
    assert game.logits(asked).tolist() == [3, 35, 3]
    assert detector.passes == 2
    table = game.table()
    assert detector.passes == 16
    assert game.logits(asked).tolist() == [3, 35, 3]
    assert game.table().tolist() == table.tolist()
    assert detector.passes == 16
    game.forward_logits(asked)
    assert detector.passes == 19, "a check of what is remembered asks anew"


def test_of_many_segments_nothing_is_remembered():
    game = SegmentGame(Counting(), PAPER_GRID, *np.zeros((2, 115, 80)))
    assert not game.remembers
    assert not game.enumerable


def test_a_detector_without_parameters_plays_too():
    class Bare(nn.Module):
        def forward(self, x):
            return x.sum(dim=(1, 2))

    assert SegmentGame(Bare(), SMALL, np.zeros((4, 4)), np.ones((4, 4))).logits([[1, 1, 0, 0]]).tolist() == [8]
