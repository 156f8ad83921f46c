"""What is the best that a ranking can reach? The effect of every set of segments is known, or of some.

Measured on all sets of segments of the perturbation: what would the best and what a random ranking score, how many
segments does it take to flip the prediction, and which of the planted ones matter? Where a forward pass is paid for
each set, the best that was found bounds the oracle from below, and sets drawn at random estimate chance.
"""

from functools import partial

import numpy as np
import pytest
import scipy

from veracity_bench.benchmarks.agreement import check_agreement, forward_logits, tolerance
from veracity_bench.benchmarks.metrics import PLANTED
from veracity_bench.benchmarks.signatures import CountSegments, FlipsOfCase, OfCase, Plant, SearchCase, SegmentsOfCase
from veracity_bench.fixtures.cases.case import Case
from veracity_bench.fixtures.explanations.games import Games
from veracity_bench.fixtures.explanations.references import FOUND
from veracity_bench.fixtures.run.settings import Settings
from veracity_bench.fixtures.seeds import generator
from veracity_bench.fixtures.signatures import Record
from veracity_bench.fixtures.timing import timed
from veracity_bench.models.games.solutions.coalitions import masks
from veracity_bench.models.games.solutions.flipping import best_by_size, non_monotone_share, smallest_sets
from veracity_bench.models.games.solutions.planted import found_at_best, needed, pivotal

FORWARD_PASSES = 8
RANKINGS = 1000
IMPROBABLE = 1e-9


def test_random(
    cases: list[Case],
    n_segments: CountSegments,
    chance_curve: OfCase,
    plant: Plant,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Record what a random ranking scores on average."""
    for case in cases:
        with subtests.test(case=case.index):
            n = n_segments(case)
            for k, probable in enumerate(chance_curve(case), 1):
                record(case, "flip", probable, k=k, explainer="random")
            # Every segment is positive with probability 1/2, so k of the n are with a binomial probability.
            positive = scipy.stats.binom.pmf(np.arange(1, n + 1), n, 0.5)
            record(case, "flip_positive", positive @ chance_curve(case), k=n // 2, explainer="random")
            for k in PLANTED:
                if plant(case, k):
                    record(case, "found", found_at_best(0, k, n), k=k, explainer="random")


@pytest.mark.usefixtures("exact_values")
def test_oracle(
    cases: list[Case],
    games: Games,
    flipping_coalitions: FlipsOfCase,
    smallest_flipping_set: SegmentsOfCase,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Record flip@k of the best k segments for each k, and what sets of segments flip."""
    for case in cases:
        with subtests.test(case=case.index):
            table, flips = games.insertion_table(case), flipping_coalitions(case)
            best, seconds = timed(partial(best_by_size, flips))
            record(case, "queries", len(table.logits), explainer="oracle")
            record(case, "seconds", table.seconds + seconds, explainer="oracle")
            for k, possible in enumerate(best, 1):
                record(case, "flip", possible, k=k, explainer="oracle")
            smallest = smallest_flipping_set(case)
            record(case, "smallest", len(smallest))
            record(case, "smallest_sets", len(smallest_sets(flips)))
            for segment in smallest:
                record(case, "member", 1, k=segment)
            record(case, "flipping", flips.mean())
            record(case, "non_monotone", non_monotone_share(flips))


def test_best_found(
    cases: list[Case], search_sets: SearchCase, enumerable: bool, record: Record, subtests: pytest.Subtests
) -> None:
    """Record for each k whether a set of k segments was found that flips, where the oracle takes too many passes."""
    for case in cases if not enumerable else ():  # the oracle is exact
        with subtests.test(case=case.index):
            known, seconds = search_sets(case)
            record(case, "queries", known.passes, explainer=FOUND)
            record(case, "seconds", seconds, explainer=FOUND)
            for k, (found, at_most) in enumerate(zip(known.found, known.at_most, strict=True), 1):
                record(case, "flip", found, k=k, explainer=FOUND)
                record(case, "flip_at_most", at_most, k=k, explainer=FOUND)


@pytest.mark.usefixtures("exact_values")
def test_planted_segments_that_matter(
    cases: list[Case],
    n_segments: CountSegments,
    plant: Plant,
    flipping_coalitions: FlipsOfCase,
    record: Record,
    subtests: pytest.Subtests,
) -> None:
    """Count the planted segments without which the others do not flip, and those that are pivotal for some of them.

    No explanation of what flips can distinguish planted segments that are not pivotal from unperturbed ones.
    """
    for case in cases:
        with subtests.test(case=case.index):
            for k in PLANTED:
                if planted := plant(case, k):
                    record(case, "needed", needed(flipping_coalitions(case), planted).sum(), k=k)
                    n_pivotal = int(pivotal(flipping_coalitions(case), planted).sum())
                    record(case, "pivotal", n_pivotal, k=k)
                    record(case, "ceiling", found_at_best(n_pivotal, k, n_segments(case)), k=k)


@pytest.mark.usefixtures("exact_values")
def test_the_truth_is_true(
    cases: list[Case],
    games: Games,
    n_segments: CountSegments,
    flipping_coalitions: FlipsOfCase,
    chance_curve: OfCase,
    settings: Settings,
    subtests: pytest.Subtests,
) -> None:
    """The tables of both games agree with forward passes, and random rankings flip as often as they should."""
    for case in cases:
        with subtests.test(case=case.index):
            n, rng = n_segments(case), generator(settings.seed, "truth", case.name)
            classifier, towards = games.detector.classifier, case.direction
            for what, game, table, network in (
                ("the insertion game", games.insertion(case), games.insertion_table(case), classifier.margin(towards)),
                ("the masking game", games.masking(case), games.masking_table(case), classifier.log_odds(towards)),
            ):
                drawn = rng.integers(2**n, size=FORWARD_PASSES)
                logits = forward_logits(game, network, masks(drawn, n))
                check_agreement(what, drawn, table.logits[drawn], logits, tolerance(table.logits))
            rankings = rng.permuted(np.tile(np.arange(n), (RANKINGS, 1)), axis=1)
            flips = flipping_coalitions(case)[np.cumsum(1 << rankings, axis=1)].sum(axis=0)
            expected = scipy.stats.binom(RANKINGS, chance_curve(case))
            probable = np.minimum(expected.cdf(flips), expected.sf(flips - 1))
            if (probable <= IMPROBABLE).any():
                k = int(np.argmin(probable))
                counted = (
                    f"of {RANKINGS} random rankings {flips[k]} flip at k = {k + 1}, {expected.mean()[k]:.1f} should"
                )
                pytest.fail(f"case {case.name}: {counted}: a bug", pytrace=False)
