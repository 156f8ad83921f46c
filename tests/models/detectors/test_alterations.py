import numpy as np
import pytest
import torch
from toys import Loudness, Small, layered

from veracity_bench.models.detectors.alterations import NotAlterableError, negate_logit, randomise_parameters
from veracity_bench.models.detectors.networks import cnn_2015

SHAPE = (115, 80)
NOISE = torch.randn(4, 115, 80, generator=torch.Generator().manual_seed(0)) - 4


def rng(seed=0):
    return np.random.default_rng(seed)


def outputs(module):
    with torch.no_grad():
        return module(NOISE)


@pytest.fixture(scope="module")
def cnn():
    """A network whose batch norms have seen something, as those of a trained one."""
    torch.manual_seed(0)
    module = cnn_2015().eval().requires_grad_(False)
    for name, buffer in module.named_buffers():
        if name.endswith("running_var"):
            buffer.uniform_(0.5, 2)
    return module


def test_randomisation_keeps_the_numbers_of_each_parameter_and_all_buffers(cnn):
    parameters = dict(cnn.named_parameters())
    for name, tensor in randomise_parameters(cnn, rng(), SHAPE).state_dict().items():
        before = cnn.state_dict()[name]
        if name in parameters:
            assert torch.equal(tensor.flatten().sort().values, before.flatten().sort().values)
            assert torch.equal(tensor, before) == (before.unique().numel() == 1)
        else:
            assert torch.equal(tensor, before)


def test_a_randomised_detector_is_another_one_for_each_seed(cnn):
    first, again, other = (outputs(randomise_parameters(cnn, rng(seed), SHAPE)) for seed in (0, 0, 1))
    assert torch.equal(first, again)
    assert not torch.allclose(first, other, atol=1e-3)
    assert not torch.allclose(first, outputs(cnn), atol=1e-3)


@pytest.mark.parametrize("alter", [randomise_parameters, negate_logit])
def test_the_original_stays_as_it_was(alter):
    module = layered().eval()
    before = outputs(module)
    alter(module, rng(), SHAPE)
    assert torch.equal(outputs(module), before)


def test_a_negated_detector_has_the_negative_logit(cnn):
    for module in (layered(), Small().eval(), cnn):
        torch.testing.assert_close(outputs(negate_logit(module, rng(), SHAPE)), -outputs(module))


class Squared(Small):
    def forward(self, log_mel):
        return super().forward(log_mel) ** 2 + 1  # not near 0, whatever the random weights are


class Mean(torch.nn.Module):
    def forward(self, log_mel):
        return log_mel.mean(dim=(1, 2))


def test_randomisation_that_changes_nothing_is_an_error():
    with pytest.raises(NotAlterableError, match="does not depend on the order of its parameters"):
        randomise_parameters(Mean(), rng(), SHAPE)


@pytest.mark.parametrize("module", [Loudness(), Squared()], ids=["no dense layer", "not the last step"])
def test_a_logit_that_does_not_turn_is_an_error(module):
    with pytest.raises(NotAlterableError, match="does not turn with the signs of its last dense layer"):
        negate_logit(module.eval(), rng(), SHAPE)
