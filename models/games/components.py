"""Components: segments that share bins, such as what sustains and what strikes in a sound.

audioLIME (Haunschmid et al. 2020) explains a sound by its sources, which sound at the same time and at the same pitch.
Here the sources are the harmonic and the percussive part of an excerpt (Fitzgerald 2010), separated
by their shapes in the spectrogram.

One thing differs from audioLIME: it mixes the sounds of the sources that are present. Here a coalition takes its
components' shares of every bin of the log-mel spectrogram linearly, off + (sum of shares) x (on - off), so that a
perturbation in log-mel is the sum of its components. Half of a bin's log-mel is not what half of its sound would be.
"""

from dataclasses import dataclass
from string import ascii_lowercase

import librosa
import numpy as np
from numpy.typing import NDArray

from veracity_bench.models.games.segments import Grid

ROUNDING = 1e-5  # how far shares of an element may add up to something else than 1


@dataclass(frozen=True, eq=False)
class Components:
    """A partition by soft masks: shares (n_segments, *shape) of 0 .. 1 that sum to 1 over segments.

    The shape is any, such as (frames, bands) or (samples,). Raises ValueError for other shares.
    """

    shares: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.shares.ndim < 2:
            raise ValueError(f"shares of shape {self.shares.shape} are not (components, *shape of what they share)")
        if not ((self.shares >= 0) & (self.shares <= 1)).all():
            raise ValueError("a share lies outside of 0 .. 1")
        if not (abs(self.shares.sum(axis=0) - 1) <= ROUNDING).all():
            raise ValueError("the shares of an element do not sum to 1")

    @property
    def n_segments(self) -> int:
        """The number of components."""
        return len(self.shares)

    @property
    def map(self) -> NDArray[np.int64]:
        """Return the component that has most of each element, (*shape); of equals, the first."""
        return np.asarray(np.argmax(self.shares, axis=0))

    def sums(self, values: NDArray[np.floating]) -> NDArray[np.float64]:
        """Sum values (..., *shape) over each component by its shares, (..., n_segments)."""
        return shared_sums(self.shares, values)


def shared_sums(shares: NDArray[np.floating], values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Sum values (..., *shape) by shares (n, *shape), (..., n)."""
    axes = ascii_lowercase[: shares.ndim - 1]
    return np.asarray(np.einsum(f"...{axes},Z{axes}->...Z", values, shares, dtype=np.float64))


def harmonic_percussive(spectrogram: NDArray[np.float32], time: int = 5) -> Components:
    """Return the harmonic and the percussive part of each of `time` stretches of a log-mel spectrogram (frames, bands).

    Index = 2 * stretch + (0 harmonic, 1 percussive). What a median along time keeps is harmonic, what a median along
    frequency keeps is percussive: librosa's soft masks, over 31 frames and 31 bands.
    """
    frames, bands = spectrogram.shape
    parts = np.stack(librosa.decompose.hpss(np.exp(spectrogram.T), mask=True)).transpose(0, 2, 1)
    stretches = Grid(time=time, frequency=1, frames=frames, bands=bands).shares
    return Components((stretches[:, None] * parts[None]).reshape(-1, frames, bands).astype(np.float32))
