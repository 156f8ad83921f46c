"""What is the right answer? The effect of every set of segments is known, so no ranking needs to stand for the truth.

Asked of all sets of segments of the perturbation: what would the best and what a random ranking score, how many
segments does it take to flip the prediction, and which of the planted ones matter?
"""

from functools import partial

import numpy as np
import pytest
from scipy.stats import binom
from veracity_bench.benchmarks.metrics import PLANTED
from veracity_bench.fixtures.seeds import generator
from veracity_bench.fixtures.timing import timed
from veracity_bench.models.games.solutions.coalitions import masks
from veracity_bench.models.games.solutions.flipping import best_by_size, non_monotone_share, smallest_sets
from veracity_bench.models.games.solutions.planted import found_at_best, needed, pivotal

FORWARD_PASSES = 8
RANKINGS = 1000
IMPROBABLE = 1e-9


def test_random(cases, n_segments, chance, plant, record, subtests):
    """Record what a random ranking scores on average."""
    for case in cases:
        with subtests.test(case=case.index):
            n = n_segments(case)
            for k, probable in enumerate(chance(case), 1):
                record(case, "flip", probable, k=k, explainer="random")
            # Every segment is positive with probability 1/2, so k of the n are with a binomial probability.
            positive = binom.pmf(np.arange(1, n + 1), n, 0.5)
            record(case, "flip_positive", positive @ chance(case), k=n // 2, explainer="random")
            for k in PLANTED:
                if plant(case, k):
                    record(case, "found", found_at_best(0, k, n), k=k, explainer="random")


@pytest.mark.usefixtures("exact")
def test_oracle(cases, games, n_segments, flipping, smallest, record, subtests):
    """Record flip@k of the best k segments for each k, and what sets of segments flip."""
    for case in cases:
        with subtests.test(case=case.index):
            table, flips = games.insertion_table(case), flipping(case)
            best, seconds = timed(partial(best_by_size, flips))
            record(case, "queries", len(table.logits), explainer="oracle")
            record(case, "seconds", table.seconds + seconds, explainer="oracle")
            for k, possible in enumerate(best, 1):
                record(case, "flip", possible, k=k, explainer="oracle")
            k = len(smallest(case))
            record(case, "smallest", k)
            record(case, "smallest_sets", len(smallest_sets(flips)))
            for segment in smallest(case):
                record(case, "member", 1, k=segment)
            record(case, "oracle_found", found_at_best(0, k, n_segments(case)), k=k, explainer="random")
            record(case, "flipping", flips.mean())
            record(case, "non_monotone", non_monotone_share(flips))


@pytest.mark.usefixtures("exact")
def test_planted_segments_that_matter(cases, n_segments, plant, flipping, record, subtests):
    """Count the planted segments without which the others do not flip, and those that are pivotal for some of them.

    No explanation of what flips can tell the planted segments that are not pivotal from those that are not perturbed.
    """
    for case in cases:
        with subtests.test(case=case.index):
            for k in PLANTED:
                if planted := plant(case, k):
                    record(case, "needed", needed(flipping(case), planted).sum(), k=k)
                    n_pivotal = int(pivotal(flipping(case), planted).sum())
                    record(case, "pivotal", n_pivotal, k=k)
                    record(case, "ceiling", found_at_best(n_pivotal, k, n_segments(case)), k=k)


@pytest.mark.usefixtures("exact")
def test_the_truth_is_true(cases, games, n_segments, flipping, chance, settings, subtests):
    """The tables of both games agree with forward passes, and random rankings flip as often as they are said to."""
    for case in cases:
        with subtests.test(case=case.index):
            n, rng = n_segments(case), generator(settings.seed, "truth", case.name)
            for game, table in (
                (games.insertion(case), games.insertion_table(case)),
                (games.masking(case), games.masking_table(case)),
            ):
                drawn = rng.integers(2**n, size=FORWARD_PASSES)
                logits = game.forward_logits(masks(drawn, n))
                np.testing.assert_allclose(table.logits[drawn], logits, atol=1e-4, rtol=1e-5)
            rankings = rng.permuted(np.tile(np.arange(n), (RANKINGS, 1)), axis=1)
            flips = flipping(case)[np.cumsum(1 << rankings, axis=1)].sum(axis=0)
            expected = binom(RANKINGS, chance(case))
            assert (np.minimum(expected.cdf(flips), expected.sf(flips - 1)) > IMPROBABLE).all()
