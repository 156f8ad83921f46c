"""The segment game: a detector as a function of which segments are present.

Its value for a set of segments (a coalition) is the detector's output on the representation that takes those segments
from `on` and the rest from `off`; where segments share an element, off + (sum of shares) x (on - off). Two matter:

- the masking game (off = baseline value, on = the excerpt explained) is what LIME and SHAP query;
- the insertion game (off = original, on = adversarial) is the ground truth; flip@k reads it.

Masks are (n, segments), true or 1 where a segment is present; outputs are (n,).
"""

import numpy as np
import torch
from numpy.typing import ArrayLike, DTypeLike, NDArray
from scipy.special import expit
from torch import Tensor, nn

from veracity_bench.models.detectors.errors import DetectorError, NotFactorableError
from veracity_bench.models.devices import device_of
from veracity_bench.models.games.segments import Partition
from veracity_bench.models.games.solutions import coalitions
from veracity_bench.models.games.tables.factored import Factored

# Small batches reuse the memory of their activations on a CPU; a GPU wants to be filled.
CPU_BATCH = 4
GPU_BATCH = 1024
MAX_TABLE_SEGMENTS = 20
MAX_PLAIN_SEGMENTS = 12  # a few thousand forward passes
TABLE_BLOCK = 2**16  # coalitions whose masks are in memory at a time


class SegmentGame:
    """The game of `detector` between two representations `off` and `on`, both of the partition's shape.

    On a grid, a convolutional detector, built in or an nn.Sequential, is evaluated by tables (tables/factored.py),
    equal to forward passes within 1e-4 in the logit; any other game by batched forward passes, whose outputs are kept
    if the segments are few. `method` is the way taken, in words, and `obstacle` the reason why it is not by tables.
    """

    def __init__(self, detector: nn.Module, partition: Partition, off: ArrayLike, on: ArrayLike) -> None:
        self._detector = detector.eval()
        self._partition = partition
        device = device_of(detector)
        self._shares = torch.from_numpy(partition.shares).to(device)
        self._off, self._on = (torch.as_tensor(np.asarray(x), dtype=torch.float32).to(device) for x in (off, on))
        self.n_segments = partition.n_segments
        self._factored: Factored | None = None
        self.obstacle = ""
        self._factor()
        self._known = np.full(2**self.n_segments if self.remembers else 0, np.nan, dtype=np.float32)

    @property
    def method(self) -> str:
        """How coalitions are evaluated, in words."""
        return "batched forward passes" if self._factored is None else "tables of segment patterns"

    @property
    def enumerable(self) -> bool:
        """Whether table() takes seconds: by forward passes of many segments it would be hours."""
        at_most = MAX_TABLE_SEGMENTS if self._factored is not None else MAX_PLAIN_SEGMENTS
        return self.n_segments <= at_most

    @property
    def remembers(self) -> bool:
        """Whether each coalition takes one forward pass, however often it is queried."""
        return self._factored is None and self.enumerable

    @torch.no_grad()
    def spectrograms(self, masks: ArrayLike) -> NDArray[np.float32]:
        """Return the detector's input for every coalition, (n, *shape), such as log-mel (n, frames, bands)."""
        return self._mixed(self._present(masks)).cpu().numpy()

    @torch.no_grad()
    def logits(self, masks: ArrayLike) -> NDArray[np.float32]:
        """Return the detector's logit for every coalition."""
        present = self._present(masks)
        if self.remembers:
            return self._recall(coalitions.numbers(present.cpu()))
        if self._factored is None or len(present) == 0:
            return _finite(self._forward(present))
        return _finite(self._factored.logits(present.long()).float())

    @torch.no_grad()
    def forward_logits(self, masks: ArrayLike) -> NDArray[np.float32]:
        """Return the same by forward passes, whatever the method."""
        return _finite(self._forward(self._present(masks)))

    def probabilities(self, masks: ArrayLike) -> NDArray[np.float64]:
        """Return the probability of "sing" for every coalition."""
        probabilities: NDArray[np.float64] = expit(self.logits(masks).astype(np.float64))
        return probabilities

    @torch.no_grad()
    def table(self, dtype: DTypeLike = np.float32) -> NDArray[np.floating]:
        """Return the logits of all coalitions, (2^n,): bit s of the index = segment s present.

        float16 takes half the space to store, and is off by up to 2^-11 of a logit. Raises ValueError for more than 20
        segments.
        """
        if self.n_segments > MAX_TABLE_SEGMENTS:
            raise ValueError(f"a table of 2^{self.n_segments} coalitions is too large; at most 20 segments are")
        if self._factored is not None:
            return _finite(self._factored.table().float()).astype(dtype, copy=False)
        blocks = np.array_split(np.arange(2**self.n_segments), max(1, 2**self.n_segments // TABLE_BLOCK))
        return np.concatenate([self.logits(coalitions.masks(block, self.n_segments)).astype(dtype) for block in blocks])

    @torch.no_grad()
    def _factor(self) -> None:
        try:
            self._factored = Factored(self._detector, self._partition, self._off, self._on)
        except NotFactorableError as error:
            self.obstacle = str(error)

    def _present(self, masks: ArrayLike) -> Tensor:
        return torch.from_numpy(presence(masks, self.n_segments)).to(self._shares.device)

    def _recall(self, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        unknown = np.unique(numbers[np.isnan(self._known[numbers])])
        self._known[unknown] = self.forward_logits(coalitions.masks(unknown, self.n_segments))
        return self._known[numbers]

    def _forward(self, present: Tensor) -> Tensor:
        if len(present) == 0:
            return torch.empty(0)
        batches = torch.split(present, CPU_BATCH if present.device.type == "cpu" else GPU_BATCH)
        return torch.cat([self._detector(self._mixed(batch)).float() for batch in batches])

    def _mixed(self, present: Tensor) -> Tensor:
        shares = torch.tensordot(present.float(), self._shares, 1)
        return torch.lerp(self._off, self._on, shares)  # on a grid either of the two, to the bit


def presence(masks: ArrayLike, n_segments: int) -> NDArray[np.bool_]:
    """Return which segments are present, (n, n_segments); raise ValueError for what are no masks of so many."""
    ones: NDArray[np.bool_] = np.asarray(masks) == 1
    if not (ones | (np.asarray(masks) == 0)).all():
        raise ValueError("masks hold something else than 0 (absent) and 1 (present)")
    if ones.ndim != 2 or ones.shape[1] != n_segments:
        raise ValueError(f"masks of shape {ones.shape} do not name {n_segments} segments each")
    return ones


def _finite(logits: Tensor) -> NDArray[np.float32]:
    if not torch.isfinite(logits).all():
        raise DetectorError("the detector's logits are not finite; train it anew")
    return logits.cpu().numpy()
