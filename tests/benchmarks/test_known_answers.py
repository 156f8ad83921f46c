from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from veracity_bench.benchmarks.known_answers import CHANGES, DETECTORS, LINEAR_DETECTORS, PAIRS, N
from veracity_bench.benchmarks.test_known_answers import answers, normalised_flip, tie_broken
from veracity_bench.fixtures.detectors.weights import TrainedDetector
from veracity_bench.fixtures.explanations import references
from veracity_bench.fixtures.explanations.explanations import Explanations
from veracity_bench.fixtures.explanations.games import Games
from veracity_bench.fixtures.explanations.in_process import InProcessRunner
from veracity_bench.models.games.solutions.coalitions import masks
from veracity_bench.models.games.solutions.flipping import best_by_size, chance_by_size

NAMES = [f"{pair.detector}, {pair.direction.name}, {pair.baseline}" for pair in PAIRS]


def explaining(name, baseline_value):
    runner = InProcessRunner()
    detector = TrainedDetector(name, DETECTORS[name], 0.5, {}, name, Path())
    return Explanations(detector, 64, 0, Games(detector, baseline_value=baseline_value), runner, runner)


def coalitions(n):
    return masks(np.arange(2**n), n).astype(bool)


@pytest.mark.parametrize("pair", PAIRS, ids=NAMES)
def test_exact_methods_get_what_theory_demands_with_other_noise(pair):
    for question, method, due, score in answers(pair, explaining, seed=1):
        assert score == pytest.approx(due, abs=1e-6), f"{question}: {method}"


def test_in_the_contrastive_question_all_get_100_where_something_flips():
    for pair in PAIRS:
        question = pair.questions(pair.case(np.random.default_rng(0)))[0]
        assert set(question.demanded.values()) == {0 if pair.detector == "ignores its input" else 1}
        assert set(question.demanded) == set(pair.methods)
        assert len(pair.methods) == (5 if pair.detector in LINEAR_DETECTORS else 3)


@pytest.mark.parametrize("pair", PAIRS, ids=NAMES)
def test_pairs_flip_and_their_means_lie_where_they_are_named_to(pair):
    """Towards the target, of a coalition of none and of all segments."""
    case, sign = pair.case(np.random.default_rng(0)), pair.direction.sign
    games = explaining(pair.detector, pair.questions(case)[1].baseline_value).games
    original, excerpt = games.insertion(case).logits([[0] * N, [1] * N]) * sign
    mean = games.masking(case).logits([[0] * N])[0] * sign
    assert (original < 0 < excerpt) == (pair.detector != "ignores its input")
    match pair.baseline:
        case "on the original's side":
            assert mean < 0
        case "beyond the excerpt":
            assert mean > excerpt
        case "what stands out changed most" | "what stands out changed least":
            assert mean == pytest.approx(excerpt, abs=1e-3)
        case "below both" | "above both":
            assert mean * sign < 0, "whatever the mean is, it is no exclusive or"


def test_a_method_that_is_wrong_does_not_get_its_due(monkeypatch):
    """Were Shapley values those of the class that the attack left, the harness would show it."""
    right = references.REFERENCES["shapley-masking"]

    def negated(*arguments):
        explanation = right(*arguments)
        return type(explanation)(-explanation.weights, explanation.queries, explanation.seconds)

    monkeypatch.setitem(references.REFERENCES, "shapley-masking", negated)
    wrong = {method for _, method, due, score in answers(PAIRS[0], explaining, 0) if abs(score - due) > 1e-6}
    assert wrong == {"shapley-masking"}


def test_normalised_flips_by_hand():
    """One of three segments decides: chance flips at k = 1, 2, 3 with 1/3, 2/3 and 1, in sum 2; the oracle has 3."""
    score = normalised_flip(coalitions(3)[:, 1])
    assert [score(np.array(weights)) for weights in ([0, 1, 0], [2, 1, 0], [2, 1, 3])] == pytest.approx([1, 0, -1])
    assert score(np.zeros(3)) == pytest.approx(0), "ties earn chance"
    assert score(np.array([0, 0, -1])) == pytest.approx(1 / 2), "first or second"
    assert score(np.array([0, 4e-5, 0])) == pytest.approx(0), "less than rounding counts is a tie"


def test_what_never_or_always_flips_gives_nobody_anything():
    for flips in (np.zeros(8, dtype=bool), np.ones(8, dtype=bool)):
        assert normalised_flip(flips)(np.array([1, 2, 3])) == 0


def test_the_sums_of_chance_are_those_of_the_docstring():
    present = coalitions(N)
    one, two = present[:, 9], present[:, 14]
    assert [chance_by_size(flips).sum() for flips in (one, one | two, one & two)] == pytest.approx([10.5, 14, 7])


def test_no_set_of_segments_holds_just_half_of_what_changes():
    shares = coalitions(N) @ CHANGES / CHANGES.sum()
    assert abs(shares - 1 / 2).min() > 1e-3
    assert CHANGES.mean() == pytest.approx(2)


@given(hnp.arrays(np.int64, 7, elements=st.integers(0, 20), unique=True))
def test_a_weighted_majority_gives_a_ranking_turned_round_the_opposite_score(shares):
    """Of sets and their complements just one holds more than half of an odd sum; where all segments hold some."""
    shares = 2 * shares + 1
    flips = coalitions(7) @ shares > shares.sum() / 2
    assume((best_by_size(flips) > chance_by_size(flips)).any())  # else any ranking is as good as any other
    weights = np.random.default_rng(0).permutation(7)
    score = normalised_flip(flips)
    assert score(-weights) == pytest.approx(-score(weights))
    assert (score(shares), score(-shares)) == pytest.approx((1, -1))


@given(hnp.arrays(np.float64, 6, elements=st.sampled_from([0.0, 1.0, 2.0])))
def test_ties_are_broken_fairly(weights):
    rankings = list(tie_broken(weights))
    assert len(rankings) == 12
    assert all((np.diff(weights[ranking]) <= 0).all() for ranking in rankings)
    places = np.mean([np.argsort(ranking) for ranking in rankings], axis=0)
    for value in set(weights):
        assert np.ptp(places[weights == value]) < 1e-9
