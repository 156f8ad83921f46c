import tracemalloc

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests

from veracity_bench.reports.statistics import sign_flips
from veracity_bench.reports.statistics.sign_flips import ALPHA, decide, holm, least_p, sign_flip_p


def test_p_does_not_depend_on_the_size_of_batches(monkeypatch):
    sums = np.random.default_rng(0).normal(size=(18, 3))
    whole = sign_flip_p(sums)
    monkeypatch.setattr(sign_flips, "BATCH", 1000)
    sign_flips._bits.cache_clear()
    assert (sign_flip_p(sums) == whole).all()


def test_few_songs_are_flipped_in_every_way():
    """3 + 2 + 1 and, of 8 choices, its mirror image."""
    assert sign_flip_p(np.array([[3.0], [2.0], [1.0]])) == pytest.approx([2 / 8])


def test_many_songs_take_bounded_memory_and_have_a_p():
    """All signs of 2,000 songs would be a gigabyte, and 2.0**2000 no number."""
    sums = np.random.default_rng(0).normal(1, 1, (2000, 2))
    tracemalloc.start()
    try:
        p_values = sign_flip_p(sums)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 100e6
    assert (p_values < 0.001).all()
    assert 0 < least_p(2000, tests=10) < 0.01


def test_many_tests_can_be_decided():
    """All 861 pairs of 42 explainers, each better than the next on every song."""
    sums = {pair: pd.Series(1.0, range(40)) for pair in range(861)}
    assert set(decide(sums).values()) == {1}
    assert least_p(40, 861) < ALPHA / 2
    assert least_p(17, 861) == pytest.approx(861 * 2 / 2**17), "all ways of 17 songs"


def test_holm_is_that_of_statsmodels():
    p_values = np.random.default_rng(0).integers(1, 20, 30) / 100
    assert (holm(p_values) == multipletests(p_values, method="holm")[1]).all()
