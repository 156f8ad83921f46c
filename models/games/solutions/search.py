"""Which sets of segments flip, where a forward pass is paid for each? What a few thousand of them show of 2^n.

Of every size, all sets are tried where these are few, else as many are drawn at random: their share that flips is
chance, exact or estimated without bias. The best sets are looked for by beam search, from the empty set up by
insertion and from the complete one down by deletion: the sets of each size that lie furthest past the threshold, of all
that were tried, make those of the next. A set found that flips proves that the oracle does (a bound from below). That
none was found proves nothing unless all sets of the size were tried, for more perturbation may undo a flip.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

Masks = NDArray[np.bool_]  # (m, n)
Flips = NDArray[np.bool_]
Floats = NDArray[np.float64]
Evaluate = Callable[[Masks], tuple[Flips, Floats]]  # masks (m, n) -> whether each flips (m,), and its margin (m,)


@dataclass(frozen=True, eq=False)
class Search:
    """What is known of the flips by k segments, arrays (n,) for k = 1 .. n, and the forward `passes` that it took.

    found     whether a set of k segments was found that flips: the least that an oracle reaches
    complete  whether all sets of k segments were tried, so that `found` is the oracle's flip itself
    chance    share of sets of k segments drawn at random, or of all where `complete` from the start, that flip
    """

    found: Flips
    complete: Flips
    chance: Floats
    passes: int

    @property
    def at_most(self) -> Flips:
        """Return the most that an oracle can reach, (n,)."""
        return self.found | ~self.complete


def search(evaluate: Evaluate, n: int, passes: int, rng: np.random.Generator) -> Search:
    """Look for sets of n segments that flip, in about `passes` forward passes; n^2 at least are needed for the beams.

    Half of the passes are for sets drawn at random, half for the beams, at least one set wide.
    """
    tried = _Tried(evaluate, n)
    chance = [tried(sets_of_size(n, k, max(1, passes // (2 * n)), rng)).mean() for k in range(1, n + 1)]
    width = max(1, passes // (2 * n * n))
    for sizes, present in ((range(n), True), (range(n, 1, -1), False)):
        for k in sizes:
            tried(_changed(tried.best(k, width), present))
    return Search(tried.found, tried.complete, np.array(chance), tried.passes)


def sets_of_size(n: int, k: int, at_most: int, rng: np.random.Generator) -> Masks:
    """Return the masks of all sets of k of n segments where these are no more than `at_most`, else as many drawn."""
    if comb(n, k) > at_most:
        return rng.permuted(np.tile(np.arange(n), (at_most, 1)), axis=1) < k
    return np.array([np.isin(np.arange(n), members) for members in combinations(range(n), k)])


def _changed(masks: Masks, present: bool) -> Masks:
    """Return each set with one segment more, or one less where not `present`; none twice."""
    rows, segments = np.nonzero(masks != present)
    changed = masks[rows]
    changed[np.arange(len(rows)), segments] = present
    return np.unique(changed, axis=0)


class _Tried:
    """The sets that were tried, and by size whether one flips; each takes one forward pass, however often it comes."""

    def __init__(self, evaluate: Evaluate, n: int) -> None:
        self._evaluate, self._n = evaluate, n
        self._known: list[dict[bytes, tuple[bool, float]]] = [{} for _ in range(n + 1)]

    def __call__(self, masks: Masks) -> Flips:
        """Return which of these sets, all of one size, flip."""
        known = self._known[int(masks[0].sum())]
        new = np.unique([mask for mask in masks if mask.tobytes() not in known], axis=0)
        if len(new):
            flips, margins = self._evaluate(new)
            keys = [mask.tobytes() for mask in new]
            known.update(zip(keys, zip(flips.tolist(), margins.tolist(), strict=True), strict=True))
        return np.array([known[mask.tobytes()][0] for mask in masks])

    def best(self, size: int, width: int) -> Masks:
        """Return the sets of a size that lie furthest past the threshold, the empty one without trying."""
        known = self._known[size] if size else {bytes(self._n): (False, 0.0)}
        keys = sorted(known, key=lambda key: (-known[key][1], key))[:width]
        return np.frombuffer(b"".join(keys), dtype=bool).reshape(-1, self._n)

    @property
    def found(self) -> Flips:
        return np.array([any(flips for flips, _ in sets.values()) for sets in self._known[1:]])

    @property
    def complete(self) -> Flips:
        return np.array([len(sets) == comb(self._n, k) for k, sets in enumerate(self._known[1:], 1)])

    @property
    def passes(self) -> int:
        return sum(map(len, self._known))
