"""Stretches of a waveform with faded borders: cut hard, a sound would click at every border."""

import numpy as np

from veracity_bench.models.games.components import Components


def faded_stretches(samples: int, n: int, fade: int) -> Components:
    """Return n stretches of a waveform (samples,), as equal as can be; neighbours cross-fade over `fade` samples.

    The crossfade is a raised cosine around each border: a stretch's share rises as its neighbour's falls, so the
    stretches of a sound add up to it. 0 cuts hard. Raises ValueError for a fade longer than a stretch, where more than
    two stretches would meet.
    """
    if not 0 < n <= samples or not 0 <= fade <= samples / n:
        raise ValueError(f"{samples} samples do not hold {n} stretches that fade over {fade} samples")
    borders = np.arange(1, n)[:, None] * samples / n
    after = np.arange(samples) + 0.5 - borders  # samples after each border, (n - 1, samples)
    risen = (1 + np.sin(np.pi * np.clip(after / fade, -0.5, 0.5))) / 2 if fade else (after > 0).astype(np.float64)
    whole, none = np.ones((1, samples)), np.zeros((1, samples))
    begun = np.concatenate([whole, risen, none])
    return Components((begun[:-1] - begun[1:]).clip(0, 1).astype(np.float32))
