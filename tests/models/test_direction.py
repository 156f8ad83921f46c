import pytest
import torch

from veracity_bench.models.direction import DIRECTIONS, TO_NOSING, TO_SING, Direction


def test_names_are_those_of_records():
    assert list(DIRECTIONS) == ["nosing_to_sing", "sing_to_nosing"]
    assert all(direction.name == name for name, direction in DIRECTIONS.items())


def test_the_sign_is_that_of_the_logit_of_the_target():
    assert (TO_SING.label, TO_SING.sign) == (1, 1)
    assert (TO_NOSING.label, TO_NOSING.sign) == (0, -1)


def test_a_direction_of_singing_has_its_sign_by_its_names():
    assert Direction("nosing", "sing") == TO_SING
    assert Direction("sing", "nosing") == TO_NOSING
    assert Direction("dog", "cat").sign == 1


def test_only_what_is_strictly_above_the_threshold_is_singing():
    assert TO_SING.flips([-1, 0.5, 0.6], 0.5).tolist() == [False, False, True]
    assert TO_NOSING.flips([-1, 0.5, 0.6], 0.5).tolist() == [True, True, False]


def test_tensors_flip_as_arrays_do():
    logits = torch.tensor([0.1, 0.3]).double().float()
    assert TO_SING.flips(logits, 0.2).tolist() == [False, True]


@pytest.mark.parametrize("direction", DIRECTIONS.values(), ids=DIRECTIONS)
def test_one_direction_flips_where_the_other_does_not(direction):
    other = TO_NOSING if direction == TO_SING else TO_SING
    assert (direction.flips([-1, 0, 1], 0) ^ other.flips([-1, 0, 1], 0)).all()
