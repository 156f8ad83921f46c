import pytest
import torch
from torch import nn

from veracity_bench.models.detectors.batch_norm import FUSIONS, fold_batch_norm
from veracity_bench.models.detectors.networks import ZeroMeanConv2d

KINDS = {
    nn.Conv2d: (nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3), (4, 2, 9, 7)),
    ZeroMeanConv2d: (ZeroMeanConv2d(2, 3, 3, bias=False), nn.BatchNorm2d(3), (4, 2, 9, 7)),
    nn.Linear: (nn.Linear(5, 3), nn.BatchNorm1d(3), (4, 5)),
}


def layers(kind):
    """A layer and its batch norm in evaluation mode, with statistics and weights that do something."""
    linear, norm, shape = KINDS[kind]
    torch.manual_seed(0)
    for tensor in (norm.running_mean, norm.running_var, norm.weight.data, norm.bias.data):
        tensor.uniform_(0.5, 2)
    return linear.eval(), norm.eval(), torch.randn(shape)


@pytest.mark.parametrize("kind", FUSIONS)
def test_one_layer_computes_what_two_did(kind):
    linear, norm, x = layers(kind)
    before = linear.weight.clone()
    (folded,) = fold_batch_norm([linear, norm], [kind])
    torch.testing.assert_close(folded(x), norm(linear(x)))
    assert torch.equal(linear.weight, before)


@pytest.mark.parametrize(
    "norm",
    [
        nn.BatchNorm2d(3, affine=False),
        nn.BatchNorm2d(3, track_running_stats=False),
        nn.BatchNorm2d(4),
        nn.BatchNorm1d(3),
        nn.ReLU(),
    ],
    ids=repr,
)
def test_others_are_left_alone(norm):
    convolution = nn.Conv2d(2, 3, 3).eval()
    assert fold_batch_norm([convolution, norm.eval()], [nn.Conv2d]) == [convolution, norm]


def test_only_the_kinds_given_are_folded_into():
    convolution, norm, _ = layers(ZeroMeanConv2d)
    assert fold_batch_norm([norm, convolution, norm], [nn.Conv2d, nn.Linear]) == [norm, convolution, norm]
