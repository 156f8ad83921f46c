"""The segment game: a detector as a function of which segments are present.

Its value for a set of segments (a coalition) is the detector's output on the spectrogram that takes those segments
from `on` and the rest from `off`. Two games matter:

- the masking game (off = baseline content, on = the excerpt explained) is what LIME and SHAP query;
- the insertion game (off = original, on = adversarial) is the ground truth; flip@k reads it.

Masks are (n, segments), true or 1 where a segment is present; outputs are (n,).
"""

from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor, nn

from models.device import device_of
from models.segments import Grid

# Small batches stay in a CPU's cache; a GPU wants to be filled.
CPU_BATCH = 16
GPU_BATCH = 1024


class SegmentGame:
    """The game of `detector` between two log-mel spectrograms `off` and `on`, both (frames, bands)."""

    method = "batched forward passes"

    def __init__(self, detector: nn.Module, grid: Grid, off: ArrayLike, on: ArrayLike) -> None:
        self._detector = detector.eval()
        self._device = device_of(detector)
        self.n_segments = grid.n_segments
        self._map = torch.from_numpy(grid.map).to(self._device)
        self._off, self._on = (torch.as_tensor(np.asarray(x), dtype=torch.float32).to(self._device) for x in (off, on))

    @torch.inference_mode()
    def logits(self, masks: ArrayLike) -> NDArray[np.float32]:
        """Return the detector's logit for every coalition."""
        present = torch.as_tensor(np.asarray(masks) > 0.5)
        if present.ndim != 2 or present.shape[1] != self.n_segments:
            raise ValueError(f"masks of shape {tuple(present.shape)} do not name {self.n_segments} segments each")
        if len(present) == 0:
            return np.empty(0, dtype=np.float32)
        return torch.cat([self._detector(batch).float().cpu() for batch in self._spectrograms(present)]).numpy()

    def probabilities(self, masks: ArrayLike) -> NDArray[np.float64]:
        """Return the probability of "sing" for every coalition."""
        return 1 / (1 + np.exp(-self.logits(masks).astype(np.float64)))

    def _spectrograms(self, present: Tensor) -> Iterator[Tensor]:
        """Yield batches of spectrograms (batch, frames, bands)."""
        for batch in torch.split(present, CPU_BATCH if self._device.type == "cpu" else GPU_BATCH):
            yield torch.where(batch.to(self._device)[:, self._map], self._on, self._off)
