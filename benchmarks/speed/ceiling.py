"""What the machine and the detector would allow: matrix products, forward passes, and the least work of a table."""

import time
from collections.abc import Sequence

import numpy as np
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from veracity_bench.benchmarks.speed.task import forward
from veracity_bench.models.audio.log_mel import EXCERPT_FRAMES, MEL_BANDS

BATCHES = (1, 2, 4, 8, 16, 32, 64, 128)  # small ones may win: they reuse the memory of their activations
PASSES = 128
SIZE = 2048  # of the matrices: 16 MB each, 17 GFLOP per product


def matmul_ceiling(size: int = SIZE, rounds: int = 20) -> float:
    """Return the machine's ceiling in FLOP/s: the fastest of several float32 products of square matrices."""
    left, right = torch.randn(2, size, size, generator=torch.Generator().manual_seed(0))
    out = torch.empty_like(left)
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        torch.mm(left, right, out=out)
        seconds.append(time.perf_counter() - started)
    return 2 * size**3 / min(seconds)


def pass_flops(detector: nn.Module) -> int:
    """Return the FLOPs of one excerpt's forward pass, counted by torch: those of convolutions and dense layers."""
    with FlopCounterMode(display=False) as counter:
        forward(detector, np.zeros((1, EXCERPT_FRAMES, MEL_BANDS), np.float32))
    return int(counter.get_total_flops())


def table_flops(detector: nn.Module, n_segments: int) -> int:
    """Return the least FLOPs of a table of all coalitions: the dense layers after the first one, for each of them.

    The first dense layer needs none, since it is linear and can be tabulated.
    """
    dense = [layer for layer in detector.modules() if isinstance(layer, nn.Linear)]
    return int(2**n_segments) * sum(2 * layer.in_features * layer.out_features for layer in dense[1:])


def batch_rates(detector: nn.Module, sizes: Sequence[int] = BATCHES, rounds: int = 3) -> dict[int, float]:
    """Return the excerpts per second that go through the detector, by batch size: the best of some short rounds."""
    excerpts = np.random.default_rng(0).normal(-5, 2, (PASSES, EXCERPT_FRAMES, MEL_BANDS)).astype(np.float32)
    rates = dict.fromkeys(sizes, 0.0)
    for size in [*sizes] * rounds:
        started = time.perf_counter()
        for start in range(0, PASSES, size):
            forward(detector, excerpts[start : start + size])
        rates[size] = max(rates[size], PASSES / (time.perf_counter() - started))
    return rates
