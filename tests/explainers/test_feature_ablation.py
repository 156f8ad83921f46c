import numpy as np
from given_games import of_table

from veracity_bench.explainers.feature_ablation import FeatureAblation
from veracity_bench.models.games.segments import Grid


def test_feature_ablation_by_hand():
    table = [0, 1, 5, 2, 0, 3, 4, 10]  # all but segment 0: 4, all but 1: 3, all but 2: 2
    weights = FeatureAblation(output="logit")(of_table(table, Grid(time=3, frequency=1)), np.random.default_rng(0))
    np.testing.assert_array_equal(weights, [6, 7, 8])


def test_repr():
    assert repr(FeatureAblation()) == "FeatureAblation(output='probability')"
