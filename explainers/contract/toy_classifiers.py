"""Classifiers with a known answer, and instances of them: what explainers are checked against.

Excerpts are log-mel of the paper's size, (115 frames, 80 bands); segments are those of the paper's grid, where index =
4 * time + frequency and frequency 0 is lowest.
"""

from collections.abc import Collection

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.models.games.segment_game import SegmentGame
from veracity_bench.models.games.segments import PAPER_GRID, Partition

QUIET, LOUD = -5.0, -2.0  # mean log-mel of a quiet and of a loud segment
CONVOLUTIONS = 4  # as many as the paper's network has


def loudness_classifier(positive: Collection[int] = (), negative: Collection[int] = ()) -> nn.Sequential:
    """Return a network whose logit is the loudness of the `positive` segments minus that of the `negative` ones.

    A segment's loudness is its mean log-mel above quiet, below it a hundredth of that. All other segments count
    nothing. The network has layers of every usual kind, four convolutions among them, that pass their input on.
    """
    layers: list[nn.Module] = [nn.Unflatten(1, (1, PAPER_GRID.frames)), _level(QUIET)]
    for _ in range(CONVOLUTIONS):
        layers += [_identity(), nn.LeakyReLU(0.01)]
    signs = np.isin(PAPER_GRID.map, list(positive)).astype(float) - np.isin(PAPER_GRID.map, list(negative))
    bins_of_a_segment = PAPER_GRID.map.size / PAPER_GRID.n_segments
    return nn.Sequential(*layers, nn.Flatten(), _sum(signs / bins_of_a_segment), nn.Flatten(0)).eval()


def linear_classifier(weights: NDArray[np.floating], bias: float = 0.0) -> nn.Sequential:
    """Return the classifier whose logit is sum(weights * log-mel) + bias, for weights (frames, bands)."""
    frames = weights.shape[0]
    return nn.Sequential(nn.Unflatten(1, (1, frames)), nn.Flatten(), _sum(weights, bias), nn.Flatten(0)).eval()


def noise_excerpt(loud: Collection[int] = (), seed: int = 0) -> NDArray[np.float32]:
    """Return log-mel (115, 80) of quiet noise, in which some segments are loud."""
    noise = np.random.default_rng(seed).normal(QUIET, 0.3, PAPER_GRID.map.shape)
    return np.where(np.isin(PAPER_GRID.map, list(loud)), noise + LOUD - QUIET, noise).astype(np.float32)


def toy_instance(
    classifier: nn.Module,
    spectrogram: NDArray[np.float32],
    partition: Partition = PAPER_GRID,
    baseline: NDArray[np.float32] | None = None,
) -> Instance:
    """Return what an explainer is given; the baseline is the excerpt's mean where none is given."""
    if baseline is None:
        baseline = np.full_like(spectrogram, spectrogram.mean())
    game = SegmentGame(classifier, partition, baseline, spectrogram)
    return Instance(spectrogram, baseline, partition, game.logits, classifier)


def _level(mean: float) -> nn.BatchNorm2d:
    norm = nn.BatchNorm2d(1, affine=False)
    norm.running_mean = torch.full((1,), mean)
    return norm


def _identity() -> nn.Conv2d:
    kernel = torch.zeros(1, 1, 3, 3)
    kernel[0, 0, 1, 1] = 1
    convolution = nn.Conv2d(1, 1, 3, padding=1, bias=False)
    convolution.weight.data = kernel
    return convolution


def _sum(weights: NDArray[np.floating], bias: float = 0.0) -> nn.Linear:
    dense = nn.Linear(weights.size, 1)
    dense.weight.data = _row(weights)
    dense.bias.data.fill_(bias)
    return dense


def _row(weights: NDArray[np.floating]) -> Tensor:
    return torch.tensor(weights.reshape(1, -1), dtype=torch.float32)
