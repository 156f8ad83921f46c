import math
from dataclasses import replace
from itertools import repeat

import numpy as np
import pytest
import torch
from attacked_excerpts import LINEAR, attack_classifier, change
from torch import nn

from veracity_bench.models.attacks.excerpt_attack import attack_excerpts
from veracity_bench.models.classifier import Classifier
from veracity_bench.models.direction import CLASSES, TO_NOSING, TO_SING, Direction
from veracity_bench.models.rules import Argmax, Threshold


class Linear(nn.Module):
    """logit = w . x + b"""

    def __init__(self, weight, bias):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(weight))
        self.bias = bias
        self.batches = []

    def forward(self, x):
        self.batches.append(len(x))
        return x @ self.weight + self.bias


def on_samples(network, threshold=0.0):
    """A classifier without a front end: the network reads the samples themselves."""
    return Classifier(network=network, sample_rate=1, samples=2, classes=CLASSES, rule=Threshold(threshold))


def attack(network, excerpts, settings=LINEAR, threshold=0.0, **options):
    return attack_classifier(on_samples(network, threshold), excerpts, settings, **options)


def test_sign_steps_by_hand():
    """Logits -0.65, -0.35, -0.05 and 0.1: the third step is clipped at 0.25, and flips."""
    (outcome,) = attack(Linear([1.0, -2.0], -0.65), [[0, 0]])
    assert outcome.flipped
    assert outcome.iterations == 3
    assert outcome.margin == pytest.approx(0.1, abs=1e-6)
    np.testing.assert_allclose(change(outcome), [0.25, -0.25], atol=1e-6)


def test_the_other_direction_by_hand():
    """Logits 0.65, 0.35, 0.05 and -0.1, on the way to "no sing"."""
    (outcome,) = attack(Linear([1.0, -2.0], 0.65), [[0, 0]], direction=TO_NOSING)
    assert (outcome.flipped, outcome.iterations) == (True, 3)
    assert outcome.margin == pytest.approx(0.1, abs=1e-6)
    np.testing.assert_allclose(change(outcome), [-0.25, 0.25], atol=1e-6)


def test_the_threshold_moves_the_goal():
    """Logits 0, 0.3, 0.6 and 0.75, where alpha is large enough to get there."""
    (outcome,) = attack(Linear([1.0, -2.0], 0.0), [[0, 0]], replace(LINEAR, alpha=10.0), threshold=0.65)
    assert (outcome.flipped, outcome.iterations) == (True, 3)
    assert outcome.margin == pytest.approx(0.1, abs=1e-6)


def test_the_size_of_the_perturbation_pulls_it_back():
    """After one step its gradient, 2 * 0.1, outweighs alpha * (1 - p) < 0.1: the perturbation returns to zero.

    The best state is that of the odd updates, wherever the attack ends.
    """
    for iterations in (4, 5):
        settings = replace(LINEAR, alpha=0.1, iterations=iterations)
        (outcome,) = attack(Linear([1.0], 0.0), [[0]], settings, threshold=0.15)
        assert (outcome.flipped, outcome.iterations) == (False, iterations)
        assert outcome.margin == pytest.approx(-0.05)
        assert change(outcome) == pytest.approx([0.1])


def test_confidence_takes_more():
    """From 0 on, each step adds 0.1 to the logit; on the threshold itself nothing has flipped."""
    steps = [
        attack(Linear([1.0], 0.0), [[0]], replace(LINEAR, confidence=confidence))[0].iterations
        for confidence in (0.0, 0.05, 0.15, 0.22)
    ]
    assert steps == [1, 1, 2, 3]


def test_what_cannot_flip_is_given_up_with_its_best_state():
    (outcome,) = attack(Linear([1.0], -9.0), [[0]])
    assert not outcome.flipped
    assert outcome.iterations == LINEAR.iterations
    assert outcome.margin == pytest.approx(-8.75)
    assert change(outcome) == pytest.approx([0.25])


@pytest.mark.parametrize(
    ("start", "ends", "why"),
    [
        (-9.0, 25, "0.25 in 25 updates; 3 * 0.25 * 7 = 5.25 in the other 175 are not enough"),
        (-5.0, 50, "they are enough; nothing in the next 25"),
        (-0.15, 2, "0.1 per update"),
    ],
)
def test_what_has_come_to_rest_is_given_up(start, ends, why):
    (outcome,) = attack(Linear([1.0], start), [[0]], replace(LINEAR, iterations=200))
    assert (outcome.flipped, outcome.iterations) == (start == -0.15, ends), why


class Course(nn.Module):
    """A logit that takes given values after 0, 25, 50 ... steps of 0.001, and is linear in between."""

    def __init__(self, values):
        super().__init__()
        self.values = nn.Parameter(torch.tensor(values))

    def forward(self, x):
        looks = x[:, 0] / 0.001 / 25
        before = looks.detach().long().clamp(0, len(self.values) - 2)
        start, end = self.values[before], self.values[before + 1]
        return start + (looks - before) * (end - start)


def taken(*values):
    """Whether an attack of 200 updates on this course flips, and after how many it ends."""
    settings = replace(LINEAR, epsilon=1.0, eta=0.001, alpha=1e4, iterations=200)
    (outcome,) = attack(Course(values), [[0]], settings)
    return outcome.flipped, outcome.iterations


def test_three_times_the_latest_pace_must_suffice_by_hand():
    """At look 2 the second half gave 0.03 per look: -0.87 + 3 * 0.03 * 6 < 0. With 0.06, -0.84 + 3 * 0.06 * 6 > 0."""
    assert taken(-1.0, -0.9, -0.87, -0.6, 0.2) == (False, 50)
    assert taken(-1.0, -0.9, -0.84, -0.6, 0.2) == (True, 94)


def test_one_rest_is_no_end_by_hand():
    """At look 3 nothing is new, but the half since look 1 gave 0.1 per look: -0.6 + 3 * 0.1 * 5 > 0."""
    assert taken(-1.0, -0.8, -0.6, -0.599, -0.4, 0.1) == (True, 121)


def test_a_slow_steady_climb_is_not_given_up():
    """0.001 per update: 0.1805 and the margin of 0.001 take 182 of 200."""
    settings = replace(LINEAR, eta=0.001, iterations=200)
    (outcome,) = attack(Linear([1.0], -0.1805), [[0]], settings)
    assert (outcome.flipped, outcome.iterations) == (True, 182)


def test_what_is_given_up_makes_room():
    """The first is given up after 25 updates, with the second under attack in its place."""
    settings = replace(LINEAR, iterations=200)
    outcomes = attack(Linear([1.0], -0.15), [[-9.0], [0.0]], settings)
    assert [(outcome.flipped, outcome.iterations) for outcome in outcomes] == [(False, 25), (True, 2)]


def test_signal_to_noise_ratio_by_hand():
    """(3, 4) against (0.1, 0.1): 10 log10(25 / 0.02)."""
    (outcome,) = attack(Linear([1.0, 1.0], -7.1), [[3, 4]])
    assert outcome.iterations == 1
    assert outcome.snr == pytest.approx(10 * math.log10(25 / 0.02), abs=1e-4)


def test_what_has_flipped_before_is_left_alone():
    (outcome,) = attack(Linear([1.0], 1.0), [[2]])
    assert (outcome.flipped, outcome.iterations, outcome.snr) == (True, 0, math.inf)
    assert change(outcome) == [0]


def test_excerpts_are_taken_in_order_until_enough_flipped():
    """Two wanted: the stubborn 0 and 2 are tried in vain, 1 and 3 flip, 4 is never looked at."""
    detector = Linear([1.0], -0.15)
    excerpts = iter([torch.tensor([x]) for x in (-9.0, 0.0, -9.0, 0.0, 0.0)])
    outcomes = attack_excerpts(on_samples(detector), excerpts, LINEAR, directions=repeat(TO_SING), wanted=2)
    assert [outcome.order for outcome in outcomes] == [0, 1, 2, 3]
    assert [outcome.flipped for outcome in outcomes] == [False, True, False, True]
    assert [outcome.iterations for outcome in outcomes] == [20, 2, 20, 2]
    assert [float(outcome.clean) for outcome in outcomes] == [-9, 0, -9, 0]
    assert len(list(excerpts)) == 1
    together, first_alone = 3 * [2], 18 * [1]
    assert detector.batches == together + first_alone + 21 * [1] + 3 * [1], "never more at once than are still wanted"


def test_company_changes_nothing():
    detector = Linear([1.0, -2.0], -0.65)
    excerpts = [[0.0, 0.0], [-0.1, 0.1], [0.3, 0.0], [-9.0, 0.0]]
    together = attack(detector, excerpts, wanted=4)
    alone = [attack(detector, [excerpt])[0] for excerpt in excerpts]
    for one, other in zip(together, alone, strict=True):
        assert (one.flipped, one.iterations) == (other.flipped, other.iterations)
        np.testing.assert_allclose(change(one), change(other), atol=1e-6)


@pytest.mark.parametrize(("excerpts", "wanted"), [([], 3), ([[0.0]], 0)])
def test_nothing_to_do_gives_nothing(excerpts, wanted):
    assert attack(Linear([1.0], -0.15), excerpts, wanted=wanted) == []


def test_a_mask_hides_the_perturbation_by_hand():
    """Logits -0.15, -0.05 and 0.05 where the first sample alone is perturbed.

    Where half of the second passes, the gradient halves as well: at -0.2 the size outweighs it, 0.4 > 0.5 (1 - p).
    """
    excerpts, masks = [[0, 0], [0, 0]], [[1, 0], [0, 0.5]]
    first, second = attack(Linear([1.0, -1.0], -0.15), excerpts, wanted=2, masks=masks)
    assert (first.flipped, first.iterations, second.flipped) == (True, 2, False)
    assert first.margin == pytest.approx(0.05, abs=1e-6)
    np.testing.assert_allclose(change(first), [0.2, 0], atol=1e-6)
    np.testing.assert_allclose(first.adversarial_representation - first.clean_representation, [0.2, 0], atol=1e-6)
    assert second.margin == pytest.approx(-0.05, abs=1e-6)
    np.testing.assert_allclose(change(second), [0, -0.2], atol=1e-6)
    np.testing.assert_allclose(second.adversarial_representation, [0, -0.1], atol=1e-6)


def test_masks_stay_with_their_excerpts():
    """One at a time: the first and the third can be perturbed, the second cannot."""
    outcomes = attack(Linear([1.0], -0.15), [[0], [0], [0]], wanted=2, masks=[[1], [0], [1]])
    assert [outcome.flipped for outcome in outcomes] == [True, False, True]


def test_each_excerpt_has_a_target_of_its_own_by_hand():
    """Outputs are the samples: 0.15 behind the winner, "b" catches up after one step of 0.1 each, and so does "c".

    The loss' gradient goes to the target and to the largest of the others alone.
    """
    classifier = Classifier(network=nn.Identity(), sample_rate=1, samples=3, classes="abc", rule=Argmax())
    excerpts = iter([torch.tensor([0.15, 0.0, -1.0]), torch.tensor([0.0, 0.15, 0.0])])
    directions = iter([Direction("a", "b"), Direction("b", "c")])
    first, second = attack_excerpts(classifier, excerpts, LINEAR, directions=directions, wanted=2)
    np.testing.assert_allclose(change(first), [-0.1, 0.1, 0], atol=1e-6)
    np.testing.assert_allclose(change(second), [0, -0.1, 0.1], atol=1e-6)
    assert (first.margin, second.margin) == (pytest.approx(0.05), pytest.approx(0.05))
