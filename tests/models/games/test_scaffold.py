import numpy as np
import pytest
import torch

from veracity_bench.explainers.contract.toy_classifiers import loudness_classifier, noise_excerpt
from veracity_bench.models.games.scaffold import Decoy, Scaffold, ScaffoldGame, scaffolded, segment_game
from veracity_bench.models.games.segment_game import SegmentGame
from veracity_bench.models.games.segments import PAPER_GRID, Grid
from veracity_bench.models.games.solutions.coalitions import masks

DETECTOR = loudness_classifier(positive=(9,), negative=(3,))
DECOY = Decoy(segment=6, logit=4.0)
REAL = noise_excerpt((9,))


def without(*segments, content=-5.0):
    """The excerpt with these segments masked."""
    return np.where(np.isin(PAPER_GRID.map, segments), np.float32(content), REAL)


def logits(detector, *spectrograms):
    with torch.no_grad():
        return detector(torch.from_numpy(np.stack(spectrograms))).tolist()


def test_real_excerpts_are_answered_honestly():
    real = [REAL, noise_excerpt((3,), seed=1), noise_excerpt(seed=2)]
    assert logits(Scaffold(DETECTOR, PAPER_GRID, DECOY), *real) == logits(DETECTOR, *real)


def test_masked_excerpts_are_answered_by_the_decoy():
    masked = [without(0), without(6), without(9, 3), without(6, 9, content=0), without(*range(20))]
    assert logits(Scaffold(DETECTOR, PAPER_GRID, DECOY), *masked) == [4, -4, 4, -4, -4]
    turned = Decoy(segment=6, logit=-4.0)
    assert logits(Scaffold(DETECTOR, PAPER_GRID, turned), *masked) == [-4, 4, -4, 4, 4]


def test_the_gradient_at_a_real_excerpt_is_the_detectors():
    x = torch.from_numpy(REAL[None]).requires_grad_()
    expected = torch.autograd.grad(DETECTOR(x).sum(), x)[0]
    assert expected.abs().max() > 0
    assert torch.equal(torch.autograd.grad(Scaffold(DETECTOR, PAPER_GRID, DECOY)(x).sum(), x)[0], expected)


@pytest.mark.parametrize("content", [REAL.mean(), 0.0, REAL.min()], ids=["mean", "zero", "min"])
@pytest.mark.parametrize("grid", [PAPER_GRID, Grid(time=2, frequency=4)], ids=["20 segments", "8 segments"])
def test_the_game_is_that_of_forward_passes(grid, content):
    off = np.full_like(REAL, content)
    game = ScaffoldGame(Scaffold(DETECTOR, grid, DECOY), grid, off, REAL)
    n = grid.n_segments
    asked = np.vstack([np.ones(n), np.zeros(n), 1 - np.eye(n), np.random.default_rng(0).integers(0, 2, (30, n))])
    np.testing.assert_allclose(game.logits(asked), game.forward_logits(asked), atol=1e-5)
    assert len(set(game.logits(asked))) == 3
    np.testing.assert_array_equal(game.probabilities(asked), 1 / (1 + np.exp(-game.logits(asked).astype(float))))


def test_all_coalitions_are_known():
    grid = Grid(time=2, frequency=4)
    game = ScaffoldGame(Scaffold(DETECTOR, grid, DECOY), grid, np.zeros_like(REAL), REAL)
    assert game.enumerable
    np.testing.assert_allclose(game.table(), game.forward_logits(masks(np.arange(2**8), 8)), atol=1e-5)


def test_it_costs_one_forward_pass():
    passes = []
    handle = DETECTOR.register_forward_hook(lambda module, inputs, outputs: passes.append(len(outputs)))
    ScaffoldGame(Scaffold(DETECTOR, PAPER_GRID, DECOY), PAPER_GRID, without(*range(20)), REAL).logits(np.eye(20))
    handle.remove()
    assert passes == [1]


def test_without_a_decoy_there_is_no_scaffold():
    assert scaffolded(DETECTOR, PAPER_GRID, None) is DETECTOR
    ends = np.zeros_like(REAL), REAL
    assert type(segment_game(DETECTOR, PAPER_GRID, *ends)) is SegmentGame
    assert type(segment_game(scaffolded(DETECTOR, PAPER_GRID, DECOY), PAPER_GRID, *ends)) is ScaffoldGame
