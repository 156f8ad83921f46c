import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from veracity_bench.models.games.components import Components, harmonic_percussive
from veracity_bench.models.games.segments import PAPER_GRID

HALVES = Components(np.array([[[1, 0.25]], [[0, 0.75]]], dtype=np.float32))  # of one frame with two bands


def random_shares(n, seed, frames=6, bands=5):
    """Soft masks, some bins of which belong to one component whole."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(np.full(n, 0.3), size=(frames, bands))
    shares[:2] = np.eye(n)[rng.integers(n, size=(2, bands))]
    return Components(np.moveaxis(shares, -1, 0).astype(np.float32))


PARTITIONS = st.builds(random_shares, st.integers(1, 7), st.integers(0, 2**31))


def test_sums_and_map_by_hand():
    assert HALVES.n_segments == 2
    assert HALVES.sums(np.array([[8.0, 4.0]])).tolist() == [9, 3]
    assert HALVES.map.tolist() == [[0, 1]]


@given(PARTITIONS, st.integers(0, 2**31))
def test_sums_lose_nothing(partition, seed):
    values = np.random.default_rng(seed).random((3, 6, 5))
    assert partition.sums(values).shape == (3, partition.n_segments)
    np.testing.assert_allclose(partition.sums(values).sum(-1), values.sum((1, 2)), rtol=1e-5)


@pytest.mark.parametrize("shape", [(12,), (2, 6), (2, 3, 2)])
def test_what_is_shared_has_any_shape(shape):
    shares = np.random.default_rng(0).dirichlet(np.ones(3), size=12).T.astype(np.float32)
    values = np.random.default_rng(1).random((4, 12))
    partition = Components(shares.reshape(3, *shape))
    assert partition.map.shape == shape
    np.testing.assert_allclose(partition.sums(values.reshape(4, *shape)), values @ shares.T, rtol=1e-6)


def test_components_without_overlap_are_a_grid():
    values = np.random.default_rng(0).random((115, 80))
    components = Components(PAPER_GRID.shares)
    np.testing.assert_array_equal(components.map, PAPER_GRID.map)
    np.testing.assert_allclose(components.sums(values), PAPER_GRID.sums(values))


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        (np.ones(2), r"shares of shape \(2,\) are not \(components, \*shape of what they share\)"),
        ([[[1.5]], [[-0.5]]], "a share lies outside of 0 .. 1"),
        ([[[np.nan]], [[1.0]]], "a share lies outside of 0 .. 1"),
        ([[[0.5]], [[0.4]]], "the shares of an element do not sum to 1"),
    ],
)
def test_shares_that_share_nothing_out_are_refused(shares, message):
    with pytest.raises(ValueError, match=message):
        Components(np.asarray(shares, dtype=np.float32))


def sound(frames=115, bands=80):
    """Log-mel of silence with a steady tone in band 30 and a click in frame 57."""
    log_mel = np.full((frames, bands), -12, dtype=np.float32)
    log_mel[:, 30] = -3
    log_mel[57] = -3
    return log_mel


def test_a_steady_tone_is_harmonic_and_a_click_percussive():
    shares = harmonic_percussive(sound()).shares
    harmonic, percussive = shares[::2].sum(0), shares[1::2].sum(0)
    elsewhere, away = np.arange(115) != 57, np.arange(80) != 30
    assert harmonic[elsewhere, 30].min() > 0.99
    assert percussive[57, away].min() > 0.99


@pytest.mark.parametrize("time", [1, 5])
def test_components_come_in_stretches_of_time(time):
    partition = harmonic_percussive(sound(), time)
    assert partition.n_segments == 2 * time
    stretch = np.arange(115) * time // 115
    for component, share in enumerate(partition.shares):
        assert not share[stretch != component // 2].any()
    assert partition.map[0, 30] == 0
    assert partition.map[57, 0] == 2 * stretch[57] + 1


@pytest.mark.parametrize("seed", range(3))
def test_harmonic_and_percussive_shares_sum_to_1(seed):
    excerpt = np.random.default_rng(seed).normal(-5, 2, (115, 80)).astype(np.float32)
    shares = harmonic_percussive(excerpt).shares
    assert shares.dtype == np.float32
    np.testing.assert_allclose(shares.sum(0), 1, atol=1e-6)


def test_silence_is_shared_alike():
    shares = harmonic_percussive(np.full((115, 80), np.log(1e-7), dtype=np.float32)).shares
    assert set(np.unique(shares)) == {0, 0.5}
