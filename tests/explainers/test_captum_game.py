import numpy as np
from given_games import SIX, of_table, playing, uneven

from explainers.captum_game import FeatureAblation, SamplingShap
from models.coalitions import masks
from models.segments import Grid
from models.shapley import shapley

TABLE = uneven(masks(np.arange(2**6), 6).astype(float))


def test_sampling_shap_converges_to_the_shapley_values():
    seen = of_table(TABLE, SIX)
    runs = np.array([SamplingShap(output="logit", samples=121)(seen, np.random.default_rng(i)) for i in range(60)])
    error = np.abs(runs.mean(axis=0) - shapley(TABLE))
    assert (error < 4 * runs.std(axis=0, ddof=1) / np.sqrt(60) + 1e-6).all()
    assert error.max() < 0.05 < runs.std(axis=0).max()


def test_sampling_shap_walks_whole_orders():
    """Segment by segment, from the empty coalition, which all orders share, to the complete one."""
    seen, asked = playing(uneven, SIX)
    SamplingShap(samples=20)(seen, np.random.default_rng(0))
    assert np.sum(asked, axis=1).tolist() == [0, *[1, 2, 3, 4, 5, 6] * 3]


def test_sampling_shap_of_one_order_is_what_each_segment_adds():
    seen, asked = playing(uneven, SIX)
    weights = SamplingShap(output="logit", samples=7)(seen, np.random.default_rng(0))
    joined = np.diff(asked, axis=0)
    np.testing.assert_allclose(weights, joined.T @ np.diff(uneven(np.array(asked))), atol=1e-6)


def test_feature_ablation_by_hand():
    table = [0, 1, 5, 2, 0, 3, 4, 10]  # all but segment 0: 4, all but 1: 3, all but 2: 2
    weights = FeatureAblation(output="logit")(of_table(table, Grid(time=3, frequency=1)), np.random.default_rng(0))
    np.testing.assert_array_equal(weights, [6, 7, 8])


def test_repr():
    assert repr(SamplingShap()) == "SamplingShap(output='probability', samples=8192)"
    assert repr(FeatureAblation()) == "FeatureAblation(output='probability')"
