import pytest
import torch
from torch import nn

from veracity_bench.models.class_logit import class_logit
from veracity_bench.models.rules import Argmax, Tag, Threshold


@pytest.mark.parametrize("odds", [True, False])
def test_gradients_reach_what_the_network_takes(odds):
    network = class_logit(nn.Linear(4, 3), Argmax(), 2, odds=odds)
    inputs = torch.zeros(2, 4, requires_grad=True)
    assert network(inputs).shape == (2,)
    (gradient,) = torch.autograd.grad(network(inputs).sum(), inputs)
    assert (gradient != 0).all()


def test_a_class_is_ahead_of_the_largest_other_or_of_all_others():
    """Of outputs 2, 1, 0 the first is 1 ahead of the second, and log(e + 1) is what both others have together."""
    outputs = torch.tensor([[2.0, 1.0, 0.0]])
    assert class_logit(nn.Identity(), Argmax(), 0, odds=False)(outputs).item() == pytest.approx(1)
    assert class_logit(nn.Identity(), Argmax(), 0, odds=True)(outputs).item() == pytest.approx(2 - 1.3132617)
    assert class_logit(nn.Identity(), Tag("b"), 1, odds=True)(outputs).item() == 1


def test_a_network_with_one_output_is_its_own_logit():
    network = nn.Linear(4, 1)
    assert class_logit(network, Threshold(), 1, odds=True) is network
