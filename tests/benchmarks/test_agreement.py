import numpy as np
import pytest
import torch
import toys
from torch import nn

from veracity_bench.benchmarks.agreement import check_agreement, forward_logits, tolerance
from veracity_bench.models.games.segment_game import SegmentGame
from veracity_bench.models.games.segments import PAPER_GRID
from veracity_bench.models.games.solutions.coalitions import masks

COALITIONS = np.array([0, 5, 1023])


def test_the_tolerance_grows_with_the_logits():
    assert tolerance([0.1, -0.5]) == 1e-4
    assert tolerance([3, -40]) == pytest.approx(4e-3)


def test_what_differs_is_in_the_failure():
    check_agreement("a game", COALITIONS, [1, 2, 3], [1, 2.00009, 3], 1e-4)
    with pytest.raises(pytest.fail.Exception, match=r"logits of coalition 0x3ff of a game differ by 0\.25, .* 0\.0001"):
        check_agreement("a game", COALITIONS, [1, 2, 3], [1, 2.2, 3.25], 1e-4)


def test_rounding_of_forward_passes_is_no_disagreement():
    """A mean over thousands of unnormalised log-mels, of a masked excerpt: its float32 sums err by some 1e-4."""
    dense = nn.Linear(115 * 80, 1)
    with torch.no_grad():
        dense.weight.fill_(8 / (115 * 80))
        dense.bias.fill_(8 * 4.2)
    detector = nn.Sequential(nn.Unflatten(1, (1, 115)), nn.Flatten(), dense, nn.Flatten(0)).eval()
    on = np.random.default_rng(0).normal(-4.3, 0.9, (115, 80)).astype(np.float32)
    game = SegmentGame(detector, PAPER_GRID, np.full_like(on, on.mean()), on)
    drawn = np.arange(0, 2**20, 2**14)
    table, masked = game.table(), masks(drawn, 20)
    assert dense.weight.dtype == torch.float32
    check_agreement("it", drawn, table[drawn], forward_logits(game, detector, masked), tolerance(table))


def test_without_tables_forward_passes_are_those_of_the_game():
    detector = toys.Loudness().eval()
    off = np.zeros((115, 80), np.float32)
    game = SegmentGame(detector, PAPER_GRID, off, off + 1)
    masked = masks(np.arange(4), 20)
    np.testing.assert_array_equal(forward_logits(game, detector, masked), game.forward_logits(masked))
