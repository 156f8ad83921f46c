"""Segments in time and frequency of the sound itself, as models/audio/stft.py represents it."""

import librosa
import numpy as np

from veracity_bench.models.audio.stft import BINS
from veracity_bench.models.games.labels import Labels
from veracity_bench.models.games.segments import Grid


def sound_segments(frames: int, sample_rate: int, time: int = 5, frequency: int = 4) -> Labels:
    """Return `time` x `frequency` segments of a transform (frames, 1026), index = frequency * time + frequency place.

    Stretches of time are as equal as can be; borders of frequency are equally far apart in mel, from 0 to half the
    sample rate. A bin's real and imaginary part are in the same segment. Raises ValueError where a segment would be
    empty.
    """
    mel = librosa.hz_to_mel(np.linspace(0, sample_rate / 2, BINS), htk=True)
    of_bin = np.minimum(mel / mel[-1] * frequency, frequency - 1).astype(np.int64)
    if not 0 < time <= frames or len(np.unique(of_bin)) < frequency:
        raise ValueError(f"{frames} frames of {BINS} bins do not hold {time} x {frequency} segments")
    of_frame = Grid(time=time, frequency=1, frames=frames, bands=1).time_of_frame
    return Labels(frequency * of_frame[:, None] + np.tile(of_bin, 2))
