"""Shapley values by the samplers of shap, over coalitions of segments (Lundberg and Lee 2017).

shap explains rows of numbers against a background of rows: here a row is a coalition, 1 where a segment is present. The
row explained is all ones, the background all zeros, so that the weights add up to the output on the excerpt minus that
on the baseline.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import pdist

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.support.families import BlackBox
from veracity_bench.explainers.support.seeding import libraries_seeded

with warnings.catch_warnings():
    warnings.simplefilter("ignore", PendingDeprecationWarning)  # shap's plots use old names of matplotlib
    import shap

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class ShapSampler(BlackBox):
    """The setting that all samplers of shap have: how many model queries they may spend."""

    samples: int = 8192

    def model(self, instance: Instance) -> Callable[[ArrayLike], Floats]:
        """Return the function explained, in float64: shap compiles its loops anew for every other type."""
        game = self.game(instance)
        return lambda masks: game(masks).astype(np.float64)


@dataclass(frozen=True, kw_only=True)
class KernelShap(ShapSampler):
    """Shapley values by weighted regression: the most telling coalitions first, each with its complement.

    Exact where the samples suffice for all 2^n coalitions. At least n + 2 queries.
    """

    def __call__(self, instance: Instance, rng: np.random.Generator) -> Floats:
        """Return one weight per segment for "sing"."""
        n = instance.n_segments
        with libraries_seeded(rng), warnings.catch_warnings():
            # For less samples than segments there is no single best regression; shap takes the least one.
            warnings.filterwarnings("ignore", message="Linear regression equation is singular")
            explainer = shap.KernelExplainer(self.model(instance), np.zeros((1, n)))
            # It queries the empty and the complete coalition on top of nsamples. By default it keeps ten features.
            coalitions = max(self.samples - 2, n)
            values = explainer.shap_values(np.ones((1, n)), nsamples=coalitions, l1_reg=False, silent=True)
        return np.asarray(values[0])


@dataclass(frozen=True, kw_only=True)
class PermutationShap(ShapSampler):
    """Shapley values by random orders of the segments, each walked forwards and backwards (2 n + 1 queries).

    Exact where segments interact in pairs only. As many whole orders as the samples allow, at least one.
    """

    def __call__(self, instance: Instance, rng: np.random.Generator) -> Floats:
        """Return one weight per segment for "sing"."""
        n = instance.n_segments
        seed = int(rng.integers(2**32))  # without one, shap seeds numpy's generator from the clock
        with libraries_seeded(rng):
            explainer = shap.PermutationExplainer(self.model(instance), _Toggles(n), seed=seed)
            explanation = explainer(np.ones((1, n)), max_evals=max(self.samples, 2 * n + 1), silent=True)
        return np.asarray(explanation.values[0])


@dataclass(frozen=True, kw_only=True)
class SamplingShap(ShapSampler):
    """Shapley values by what a segment adds to those before it in random orders (Strumbelj and Kononenko 2014).

    Every segment has orders of its own, two queries each, and most have those whose worth varies most. At least two
    orders per segment: 4 n + 2 queries.
    """

    def __call__(self, instance: Instance, rng: np.random.Generator) -> Floats:
        """Return one weight per segment for "sing"."""
        n = instance.n_segments
        orders = max((self.samples - 2) // 2, 2 * n)
        with libraries_seeded(rng):
            explainer = shap.SamplingExplainer(self.model(instance), np.zeros((1, n)))
            values = explainer.shap_values(np.ones((1, n)), nsamples=orders, silent=True)
        return np.asarray(values[0])


@dataclass(frozen=True, kw_only=True)
class PartitionShap(ShapSampler):
    """Owen values: Shapley values where segments join in by groups, along a hierarchy of near segments.

    A coalition splits no more than one group per level, so that 300 queries yield the paper's grid exactly; for less
    `samples`, what the groups not reached are worth is shared out among their segments.
    """

    def __call__(self, instance: Instance, rng: np.random.Generator) -> Floats:
        """Return one weight per segment for "sing"."""
        n = instance.n_segments
        masker = shap.maskers.Partition(np.zeros((1, n)), clustering=hierarchy(instance.shares))
        evals = max(self.samples // 2 * 2, 2)  # it queries in pairs and would overdraw an odd number
        with libraries_seeded(rng):  # it breaks ties of what to split first at random
            explainer = shap.PartitionExplainer(self.model(instance), masker)
            explanation = explainer(np.ones((1, n)), max_evals=evals, silent=True)
        return np.asarray(explanation.values[0])


def hierarchy(shares: NDArray[np.floating]) -> Floats:
    """Return which segments to join first, as scipy's linkage (n - 1, 4), from shares (n, ...), as (n, frames, bands).

    Segments are as far apart as their centres, a frame as far as a band. Of two groups their farthest segments count
    (complete linkage): it makes compact groups and balanced trees, which Owen values are cheap on, and as all its
    distances are some between segments, ties are exact. scipy resolves them by the order of the segments.
    """
    axes = range(1, shares.ndim)
    along = [shares.sum(axis=tuple({*axes} - {axis}), dtype=np.float64) for axis in axes]
    centres = np.stack([_mean_position(weights) for weights in along], axis=1)
    return np.asarray(linkage(pdist(centres).round(6), "complete"))


def _mean_position(weights: Floats) -> Floats:
    """Return the mean index of weights (n, length), (n,); 0 where all are 0, as of a component that is not there."""
    return np.asarray(weights @ np.arange(weights.shape[1]) / np.maximum(weights.sum(axis=1), np.finfo(float).tiny))


class _Toggles:
    """What shap calls a masker: its own does the same, but takes numba two seconds to compile in every process."""

    supports_delta_masking = True

    def __init__(self, n: int) -> None:
        self.shape = (1, n)

    def __call__(self, toggled: NDArray[np.int64], _row: Floats) -> tuple[tuple[Floats], NDArray[np.bool_]]:
        """Return the coalitions after each of `toggled`, segments that join or leave, and that all are to be queried.

        The first number stands for no segment: the coalition that shap starts from is empty.
        """
        switches = np.equal(toggled[:, None], np.arange(self.shape[1]))
        return (np.cumsum(switches, axis=0) % 2.0,), np.ones((len(toggled), 1), dtype=bool)
