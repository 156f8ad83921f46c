"""Altered copies of a detector, whose explanations ought to be others (Adebayo et al. 2018).

shuffled  Parameter randomisation by permuting: what it has learnt is lost, how large its parameters are is not.
swapped   A negated logit, which speaks for "no sing": all that spoke for "sing" speaks against it.
"""

import copy
from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor, nn

from veracity_bench.models.devices import device_of

CLOSE = 1e-3  # of the largest logit, or of 1


class NotAlterableError(TypeError):
    """A detector that cannot be altered so, in one sentence."""


def randomise_parameters(detector: nn.Module, rng: np.random.Generator, shape: Sequence[int]) -> nn.Module:
    """Return a copy in which the numbers of each parameter are in random order; its buffers are as they were.

    `shape` is a representation's. Raises NotAlterableError where that changes no logit of random excerpts.
    """
    altered, noise = copy.deepcopy(detector), _noise(detector, rng, shape)
    with torch.no_grad():
        for parameter in altered.parameters():
            order = torch.from_numpy(rng.permutation(parameter.numel())).to(parameter.device)
            parameter.copy_(parameter.flatten()[order].view_as(parameter))
        if torch.equal(altered(noise), detector(noise)):
            raise NotAlterableError("the logit of this detector does not depend on the order of its parameters")
    return altered


def negate_logit(detector: nn.Module, rng: np.random.Generator, shape: Sequence[int]) -> nn.Module:
    """Return a copy whose last dense layer has all signs reversed.

    Raises NotAlterableError where that does not negate the logit, as is tried on random excerpts.
    """
    altered, noise = copy.deepcopy(detector), _noise(detector, rng, shape)
    dense = [layer for layer in altered.modules() if isinstance(layer, nn.Linear)]
    with torch.no_grad():
        for parameter in dense[-1].parameters() if dense else ():
            parameter.neg_()
        logits = detector(noise)
        if not torch.allclose(altered(noise), -logits, atol=CLOSE * max(1.0, float(logits.abs().max()))):
            raise NotAlterableError("the logit of this detector does not turn with the signs of its last dense layer")
    return altered


def _noise(detector: nn.Module, rng: np.random.Generator, shape: Sequence[int]) -> Tensor:
    return torch.from_numpy(rng.normal(size=(2, *shape))).float().to(device_of(detector))


ALTERATIONS: dict[str, Callable[[nn.Module, np.random.Generator, Sequence[int]], nn.Module]] = {
    "shuffled": randomise_parameters,
    "swapped": negate_logit,
}
