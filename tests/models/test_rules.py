import numpy as np
import pytest
import torch

from veracity_bench.models.direction import Direction
from veracity_bench.models.rules import RUNNER_UP, Argmax, Tag, Threshold

OUTPUTS = torch.tensor([[2.0, 0.5, -1.0], [-3.0, 1.0, 1.5]])


def test_with_a_threshold_both_logits_are_the_output():
    outputs, targets = torch.tensor([0.3, -0.2]), torch.tensor([1, 0])
    rule = Threshold(0.1)
    assert torch.equal(rule.margin_logits(outputs, targets), outputs)
    assert torch.equal(rule.odds_logits(outputs, targets), outputs)
    up, down = rule.directions(["speech", "music"])
    assert [direction.name for direction in (up, down)] == ["speech_to_music", "music_to_speech"]
    assert rule.directed(outputs, ["speech", "music"], up) == [None, up]
    assert rule.directed(outputs, ["speech", "music"], down) == [down, None]


def test_what_lies_on_the_threshold_is_no_candidate():
    """Another way of computing could put it on the other side."""
    up, down = Threshold(0.1).directions(["a", "b"])
    for direction in (up, down):
        assert Threshold(0.1).directed(torch.tensor([0.1 + 5e-4]), ["a", "b"], direction) == [None]


def test_a_tag_is_decided_by_its_own_output():
    rule, classes = Tag("drums", 0.7), ["voice", "drums", "bass"]
    on, off = rule.directions(classes)
    assert (on.name, off.name) == ("not drums_to_drums", "drums_to_not drums")
    assert rule.margin_logits(OUTPUTS, torch.tensor([1, 1])).tolist() == [0.5, 1.0]
    assert rule.directed(OUTPUTS, classes, on) == [on, None]
    assert rule.directed(OUTPUTS, classes, off) == [None, off]


def test_the_margin_is_positive_just_where_the_target_wins():
    outputs = torch.from_numpy(np.random.default_rng(0).normal(size=(200, 5)))
    for target in range(5):
        margins = Argmax().margin_logits(outputs, torch.full((200,), target))
        assert torch.equal(margins > 0, outputs.argmax(dim=1) == target)


def test_the_log_odds_give_the_softmax_probability():
    outputs = torch.from_numpy(np.random.default_rng(1).normal(size=(50, 4)))
    targets = torch.arange(50) % 4
    expected = outputs.softmax(dim=1).gather(1, targets[:, None])[:, 0]
    torch.testing.assert_close(Argmax().odds_logits(outputs, targets).sigmoid(), expected)


def test_by_hand_with_three_classes():
    """2 against 0.5 and -1: 1.5 ahead; the odds of class 1 are e^0.5 / (e^2 + e^-1)."""
    first, second = torch.tensor([0]), torch.tensor([1])
    assert Argmax().margin_logits(OUTPUTS[:1], first).item() == pytest.approx(1.5)
    assert Argmax().odds_logits(OUTPUTS[:1], second).item() == pytest.approx(0.5 - np.log(np.e**2 + 1 / np.e))


def test_every_excerpt_goes_from_its_class_to_its_runner_up():
    (stands_for_all,) = Argmax().directions("abc")
    assert stands_for_all.name == RUNNER_UP
    found = Argmax().directed(OUTPUTS, "abc", stands_for_all)
    assert found == [Direction("a", "b", 1, RUNNER_UP), Direction("c", "b", 1, RUNNER_UP)]
    assert {direction.name for direction in found} == {RUNNER_UP}
