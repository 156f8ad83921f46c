import numpy as np
from given_games import SIX, of_table, uneven

from veracity_bench.explainers.rise import Rise
from veracity_bench.models.games.segments import Grid
from veracity_bench.models.games.solutions.coalitions import masks
from veracity_bench.models.games.solutions.shapley import banzhaf

TABLE = uneven(masks(np.arange(2**6), 6).astype(float))


class Loaded:
    """A generator that draws these masks."""

    def __init__(self, masks):
        self.masks = np.array(masks)

    def integers(self, low, high, size):
        assert (low, high, size) == (0, 2, self.masks.shape)
        return self.masks


def test_by_hand():
    """Segment 0 is present in masks worth 1 and 2, segment 1 in one worth 6, segment 2 in none; the mean is 3."""
    drawn = Loaded([[1, 0, 0], [0, 1, 0], [1, 1, 0], [0, 0, 0]])
    table = [5.0, 1, 6, 0, 9, 9, 9, 9]
    weights = Rise(output="logit", samples=4)(of_table(table, Grid(time=3, frequency=1)), drawn)
    np.testing.assert_allclose(weights, [0.5 - 3, 3 - 3, 0])


def test_twice_the_weights_are_the_banzhaf_values_in_the_limit():
    seen = of_table(TABLE, SIX)
    runs = 2 * np.array([Rise(output="logit", samples=500)(seen, np.random.default_rng(i)) for i in range(100)])
    error = np.abs(runs.mean(axis=0) - banzhaf(TABLE))
    assert (error < 4 * runs.std(axis=0, ddof=1) / np.sqrt(100)).all()
    assert error.max() < 0.02


def test_ranks_as_the_published_weights_do():
    """The mean output where a segment is present, without anything subtracted."""
    seen = of_table(TABLE, SIX)
    weights = Rise(output="logit", samples=100)(seen, np.random.default_rng(3))
    drawn = np.random.default_rng(3).integers(0, 2, size=(100, 6))
    published = [seen.logits(drawn[drawn[:, s] == 1]).mean() for s in range(6)]
    np.testing.assert_allclose(weights, published - seen.logits(drawn).mean(), atol=1e-12)
    assert np.argsort(weights).tolist() == np.argsort(published).tolist()


def test_repr():
    assert repr(Rise()) == "Rise(output='probability', samples=8192)"
