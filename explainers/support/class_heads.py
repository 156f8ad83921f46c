"""One of several classes for methods that trace differences back: they have no rule for a function of all classes."""

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.support.families import tensors
from veracity_bench.models.class_logit import ClassLogit

STEPS = 64  # of the quadrature


class LinearHead(nn.Module):
    """Outputs (n, classes) -> logits (n,): slopes . outputs + constant."""

    slopes: Tensor

    def __init__(self, slopes: Tensor, constant: float) -> None:
        super().__init__()
        self.register_buffer("slopes", slopes)
        self.constant = constant

    def forward(self, outputs: Tensor) -> Tensor:
        """Return the logits."""
        return outputs @ self.slopes + self.constant


def with_linear_head(instance: Instance) -> Instance:
    """Return the instance with the log-odds of its class linear in the outputs, right at both ends.

    The slopes are the mean gradient along the straight path from the baseline's outputs to the excerpt's, so what they
    are worth adds up to the difference (Aumann and Shapley 1974). An instance without several classes is returned.
    """
    detector = instance.detector
    if not isinstance(detector, ClassLogit):
        return instance
    with torch.no_grad():
        on, off = (detector.network(part).double() for part in tensors(instance))
    points, weights = (torch.from_numpy(part).to(on.device) for part in np.polynomial.legendre.leggauss(STEPS))
    path = (off + (points[:, None] + 1) / 2 * (on - off)).requires_grad_()
    (gradients,) = torch.autograd.grad(detector.head(path).sum(), path)
    slopes = weights @ gradients / 2
    constant = float(detector.head(off)[0] - off[0] @ slopes)
    return replace(instance, detector=nn.Sequential(detector.network, LinearHead(slopes.float(), constant)))
