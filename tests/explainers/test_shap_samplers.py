import numpy as np
import pytest
from given_games import SIX, of_table, playing, uneven

from veracity_bench.explainers.shap_samplers import (
    KernelShap,
    PartitionShap,
    PermutationShap,
    SamplingShap,
    hierarchy,
    shap,
)
from veracity_bench.explainers.support.seeding import libraries_seeded
from veracity_bench.models.games.segments import PAPER_GRID, Grid
from veracity_bench.models.games.solutions.coalitions import masks
from veracity_bench.models.games.solutions.shapley import shapley

TABLE = uneven(masks(np.arange(2**6), 6).astype(float))


def rng(seed=0):
    return np.random.default_rng(seed)


def worth(table, segment, *contexts):
    """What a segment adds on average to these coalitions of others."""
    joined = [sum(2**s for s in context) for context in contexts]
    return np.mean([table[c + 2**segment] - table[c] for c in joined])


@pytest.mark.parametrize("samples", [64, 8192])
def test_kernel_shap_is_exact_once_it_asked_about_all_coalitions(samples):
    weights = KernelShap(output="logit", samples=samples)(of_table(TABLE, SIX), rng())
    np.testing.assert_allclose(weights, shapley(TABLE), atol=1e-9)


def test_kernel_shap_with_fewer_samples_than_segments_answers():
    seen, _ = playing(uneven)
    assert np.isfinite(KernelShap(samples=12)(seen, rng())).all()


def test_shaps_default_silences_segments_and_ours_does_not():
    slope = np.linspace(0.1, 0.5, 20)
    seen, _ = playing(lambda masks: masks @ slope)
    with libraries_seeded(rng()):
        explainer = shap.KernelExplainer(lambda masks: masks @ slope, np.zeros((1, 20)))
        default = explainer.shap_values(np.ones((1, 20)), nsamples=300, silent=True)[0]
    assert np.count_nonzero(default) <= 10
    np.testing.assert_allclose(KernelShap(output="logit", samples=300)(seen, rng()), slope, atol=1e-9)


def test_permutation_shap_converges_to_the_shapley_values():
    runs = np.array([PermutationShap(output="logit", samples=130)(of_table(TABLE, SIX), rng(i)) for i in range(60)])
    error = np.abs(runs.mean(axis=0) - shapley(TABLE))
    assert (error < 4 * runs.std(axis=0, ddof=1) / np.sqrt(60) + 1e-9).all()
    assert error.max() < 0.03 < runs.std(axis=0).max()


def test_sampling_shap_converges_to_the_shapley_values():
    runs = np.array([SamplingShap(output="logit", samples=130)(of_table(TABLE, SIX), rng(i)) for i in range(60)])
    error = np.abs(runs.mean(axis=0) - shapley(TABLE))
    assert (error < 4 * runs.std(axis=0, ddof=1) / np.sqrt(60) + 1e-9).all()
    assert error.max() < 0.05 < runs.std(axis=0).max()


def test_sampling_shap_adds_up():
    weights = SamplingShap(output="logit", samples=50)(of_table(TABLE, SIX), rng())
    assert weights.sum() == pytest.approx(TABLE[-1] - TABLE[0], abs=1e-4)


def test_permutation_shap_asks_shap_for_what_its_own_masker_would():
    weights = PermutationShap(output="logit", samples=100)(of_table(TABLE, SIX), rng(3))
    seen, ours = of_table(TABLE, SIX), rng(3)
    explainer = shap.PermutationExplainer(seen.logits, np.zeros((1, 6)), seed=int(ours.integers(2**32)))
    np.testing.assert_array_equal(weights, explainer(np.ones((1, 6)), max_evals=100, silent=True).values[0])


def test_without_a_seed_shap_would_draw_from_the_clock():
    """It seeds numpy's generator with None, whatever state that is in."""

    def draws():
        with libraries_seeded(rng()):
            shap.PermutationExplainer(lambda masks: masks.sum(axis=1), np.zeros((1, 6)))
            return np.random.random(4).tolist()  # noqa: NPY002

    assert draws() != draws()


@pytest.mark.parametrize("explain", [KernelShap, PermutationShap, PartitionShap])
@pytest.mark.parametrize("samples", [60, 1000])
def test_weights_add_up_to_the_whole(explain, samples):
    seen, _ = playing(uneven)
    nothing, everything = seen.predict(np.vstack([np.zeros(20), np.ones(20)]))
    assert explain(samples=samples)(seen, rng()).sum() == pytest.approx(everything - nothing, abs=1e-9)


def test_owen_values_of_two_pairs():
    """Four quarters: halves in time, each of two near neighbours in frequency."""
    table = TABLE[:16]
    expected = [
        worth(table, 0, (), (1,), (2, 3), (1, 2, 3)),
        worth(table, 1, (), (0,), (2, 3), (0, 2, 3)),
        worth(table, 2, (), (3,), (0, 1), (0, 1, 3)),
        worth(table, 3, (), (2,), (0, 1), (0, 1, 2)),
    ]
    weights = PartitionShap(output="logit")(of_table(table, Grid(time=2, frequency=2)), rng())
    np.testing.assert_allclose(weights, expected, atol=1e-9)
    assert np.abs(weights - shapley(table)).max() > 0.01


def test_owen_values_of_one_and_two():
    """Thirds of 39, 38 and 38 frames: the last two are nearer to each other."""
    table = TABLE[:8]
    expected = [
        worth(table, 0, (), (1, 2)),
        worth(table, 1, (), (2,), (0,), (0, 2)),
        worth(table, 2, (), (1,), (0,), (0, 1)),
    ]
    weights = PartitionShap(output="logit")(of_table(table, Grid(time=3, frequency=1)), rng())
    np.testing.assert_allclose(weights, expected, atol=1e-9)


def test_partition_shap_shares_out_groups_it_has_not_reached():
    """Four queries: the empty and the complete excerpt, and its two halves."""
    table = np.zeros(16)
    table[0b1100:] = 8  # both segments of the second half
    weights = PartitionShap(output="logit", samples=4)(of_table(table, Grid(time=2, frequency=2)), rng())
    np.testing.assert_allclose(weights, [0, 0, 4, 4])


def test_hierarchy_joins_the_nearest_first():
    tree = hierarchy(PAPER_GRID.shares)
    pairs = {(a, b) for a, b in tree[:10, :2]}
    assert pairs == {(i, i + 1) for i in range(0, 20, 2)}  # 20 bands apart, where neighbours in time are 23 frames
    assert tree[:14, 3].tolist() == [2] * 10 + [4] * 4
    assert tree[-1, 3] == 20


def test_hierarchy_does_not_depend_on_rounding():
    noise = 1 + rng().uniform(-1e-9, 1e-9, PAPER_GRID.shares.shape)
    np.testing.assert_array_equal(hierarchy(PAPER_GRID.shares * noise)[:, :2], hierarchy(PAPER_GRID.shares)[:, :2])


def test_hierarchy_of_segments_that_share_bins():
    """Three segments along time that fade into each other, the first two with centres nearer together."""
    frames = np.arange(30)
    shares = np.stack([np.clip(1 - np.abs(frames - centre) / 12, 0, 1) for centre in (6, 14, 24)])
    shares = np.repeat((shares / shares.sum(axis=0))[:, :, None], 8, axis=2)
    assert hierarchy(shares)[:, :2].tolist() == [[0, 1], [2, 3]]


def test_hierarchy_of_segments_without_any_bin():
    """A detector hears nothing of them; where they join in does not matter."""
    shares = PAPER_GRID.shares * (np.arange(20) != 7)[:, None, None]
    assert np.isfinite(hierarchy(shares)).all()


def test_repr():
    assert repr(KernelShap()) == "KernelShap(output='probability', samples=8192)"
