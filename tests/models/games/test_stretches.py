import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from veracity_bench.models.games.stretches import faded_stretches


def test_two_stretches_by_hand():
    hard = faded_stretches(4, 2, fade=0)
    assert hard.shares.tolist() == [[1, 1, 0, 0], [0, 0, 1, 1]]
    faded = faded_stretches(4, 2, fade=2)
    quarter = (1 + np.sin(np.pi / 4)) / 2
    np.testing.assert_allclose(faded.shares[0], [1, quarter, 1 - quarter, 0], atol=1e-6)


@given(st.integers(1, 12), st.integers(12, 400), st.floats(0, 1))
def test_stretches_share_every_sample_out_and_fade_at_their_borders_only(n, samples, part):
    fade = int(part * samples / n)
    partition = faded_stretches(samples, n, fade)
    assert partition.n_segments == n
    borders = np.arange(1, n)[:, None] * samples / n
    inside = (abs(np.arange(samples) + 0.5 - borders) > fade / 2).all(axis=0)
    assert set(np.unique(partition.shares[:, inside])) <= {0, 1}
    assert (np.diff(partition.map) >= 0).all()
    assert ((partition.shares > 0).sum(axis=0) <= 2).all()


@pytest.mark.parametrize(("samples", "n", "fade"), [(3, 4, 0), (8, 0, 0), (8, 4, 3), (8, 2, -1)])
def test_stretches_that_are_too_short_are_refused(samples, n, fade):
    with pytest.raises(ValueError, match="samples do not hold"):
        faded_stretches(samples, n, fade)
