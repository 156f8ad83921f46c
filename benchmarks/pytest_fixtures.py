"""What several experiments ask of a case: rank segments, insert the top ones, plant the largest."""

from functools import cache

import numpy as np
import pytest
from veracity_bench.benchmarks.metrics import PLANTED, descending, flips, top_k_masks
from veracity_bench.explainers.contract.instance import ContractError
from veracity_bench.fixtures.explanations.references import segment_norms
from veracity_bench.fixtures.seeds import generator
from veracity_bench.models.games.solutions.flipping import best_by_size, chance_by_size, smallest_set

STUDIED = 3  # cases of a song that a study asks about: it asks much of each, and songs differ more than their excerpts
TOLERANCE = 1e-4  # how far logits that were computed in different ways may lie apart


@pytest.fixture
def first_cases(cases):
    """Return the cases that a study asks about."""
    return cases[:STUDIED]


@pytest.fixture(scope="session")
def n_segments(games):
    """Return case -> the number n of its segments."""
    return lambda case: games.partition(case).n_segments


@pytest.fixture(scope="session")
def largest(games):
    """Return what ranks segments by their part of the perturbation, the same for all explainers: case -> indices."""
    return lambda case: np.argsort(-segment_norms(games.partition(case), case), kind="stable")


@pytest.fixture
def rank(explainer, settings):
    """Return what ranks weights: (case, weights) -> segment indices, the highest weight first."""
    return lambda case, weights: descending(weights, generator(settings.seed, "ties", explainer, case.name))


@pytest.fixture
def flipping(games, detector):
    """Return case -> which of all coalitions of the perturbation's segments flip the prediction, (2^n,)."""
    return lambda case: flips(games.insertion_table(case).logits, detector.threshold_logit, case.target)


@pytest.fixture(scope="session")
def insert(games, detector):
    """Return (case, ranking) -> for k = 1 .. n, whether the perturbation in the first k segments flips, (n,)."""

    def flipped(case, ranking):
        logits = games.insertion(case).logits(top_k_masks(ranking))
        return flips(logits, detector.threshold_logit, case.target)

    return flipped


@pytest.fixture(scope="session")
def reachable(games, detector, n_segments):
    """Return case -> for k = 1 .. n, whether any k segments flip, up to rounding and as far as is known, (n,)."""

    @cache  # it is asked for every explainer
    def best(case):
        if not games.insertion(case).enumerable:
            return np.ones(n_segments(case), dtype=bool)
        nearly = detector.threshold_logit - (TOLERANCE if case.target else -TOLERANCE)
        return best_by_size(flips(games.insertion_table(case).logits, nearly, case.target))

    return best


@pytest.fixture
def chance(flipping, insert, n_segments, enumerable, settings):
    """Return case -> for k = 1 .. n, how probable a flip by k random segments is; where unknown, one ranking's."""
    if enumerable:
        return lambda case: chance_by_size(flipping(case))
    return lambda case: insert(case, generator(settings.seed, "random", case.name).permutation(n_segments(case)))


@pytest.fixture
def flip_curve(insert, rank):
    """Return (case, weights) -> whether the k segments of largest weight flip the prediction, (n,)."""
    return lambda case, weights: insert(case, rank(case, weights))


@pytest.fixture(scope="session")
def norm_flips(insert, largest):
    """Return case -> whether the k segments of largest perturbation flip the prediction, (n,)."""
    return cache(lambda case: insert(case, largest(case)))


@pytest.fixture
def explain_other(explain, explainer):
    """Return (interview, case) -> the explanation of another detector, made from ours, by the item's explainer.

    One that can explain ours, which is asked first, need not be able to explain the other: then the case is skipped.
    """

    def ask(interview, case):
        explain(case)
        try:
            return interview.explanation(explainer, case)
        except ContractError as error:
            pytest.skip(str(error))

    return ask


@pytest.fixture
def plant(norm_flips, largest):
    """Return (case, k) -> the k segments of largest perturbation, or None where they do not flip the prediction."""
    return lambda case, k: tuple(largest(case)[:k].tolist()) if norm_flips(case)[k - 1] else None


@pytest.fixture(scope="session")
def smallest(games, detector):
    """Return case -> the segments of the smallest set that flips, and of several the most; all sets must be known."""

    @cache  # it is asked for every explainer
    def segments(case):
        logits = games.insertion_table(case).logits
        margins = (logits - detector.threshold_logit) * (1 if case.target else -1)
        return tuple(smallest_set(flips(logits, detector.threshold_logit, case.target), margins).tolist())

    return segments


@pytest.fixture
def confined_cases(confined):
    """Return the first cases whose attack was confined to k segments, for every k; skip the item without any."""
    cases = [case for k in PLANTED for case in confined(k).cases[:STUDIED]]
    if not cases:
        pytest.skip("no case: no confined attack flipped")
    return cases


@pytest.fixture
def count_slots(record, subtests):
    """Return what records how many slots are filled, and fails for cases that do not flip: (case_set, prefix, k)."""

    def count(case_set, prefix="", k=0):
        record(None, f"{prefix}slots", case_set.slots, k=k)
        record(None, f"{prefix}attempts", case_set.attempts, k=k)
        record(None, f"{prefix}successes", case_set.successes, k=k)
        record(None, f"{prefix}unfilled", case_set.unfilled, k=k, reason=case_set.reason)
        for case in case_set.broken:
            with subtests.test(case=case.index):
                pytest.fail(f"case {case.name}: its stored form does not flip; delete the cache and report this bug")

    return count


@pytest.fixture
def extremes(games, detector):
    """Return case -> whether none and whether all of the perturbation flips, [False, True] if all is well."""

    def flipped(case):
        game = games.insertion(case)
        logits = game.forward_logits([[0] * game.n_segments, [1] * game.n_segments])
        return flips(logits, detector.threshold_logit, case.target).tolist()

    return flipped
