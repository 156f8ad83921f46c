"""What the segments of an excerpt may be, as `--segments` names them: `slic`, or with settings `slic(segments=16)`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import prod

import numpy as np
from numpy.typing import NDArray

from veracity_bench.models.audio.log_mel import SAMPLE_RATE
from veracity_bench.models.audio.stft import BINS
from veracity_bench.models.games.components import harmonic_percussive
from veracity_bench.models.games.errors import SegmentsError
from veracity_bench.models.games.segments import PAPER_GRID, Grid, Partition
from veracity_bench.models.games.sound import sound_segments
from veracity_bench.models.games.stretches import faded_stretches
from veracity_bench.models.games.superpixels import superpixels
from veracity_bench.models.plugins import NamingError, did_you_mean, make, split_settings

Representation = NDArray[np.float32]
Cut = Callable[[Representation], Partition]


@dataclass(frozen=True)
class Segmentation:
    """A way to cut what the classifier takes, a representation of one excerpt -> its partition; `about` describes it.

    `of_sound` is whether the representation must be the transform of models/audio/stft.py.
    """

    name: str
    about: str
    make_partition: Cut
    of_sound: bool = False

    def __str__(self) -> str:
        return f"{self.name}, {self.about}"

    def cut(self, representation: Representation) -> Partition:
        """Return the partition of a representation; raise SegmentsError where these segments do not fit it."""
        try:
            return self.make_partition(representation)
        except ValueError as error:
            raise SegmentsError(
                f"segments {self} do not fit what the classifier takes, an array {representation.shape}: {error}; "
                "choose other --segments, or fewer"
            ) from error


MOST = 20  # that records have room for
FADE = 0.01  # seconds between the stretches of a waveform


def _check_counts(*counts: int) -> None:
    for count in counts:
        if not isinstance(count, int) or count < 1:
            raise ValueError(f"{count!r} is no number of segments")
    if prod(counts) > MOST:
        raise ValueError(f"{prod(counts)} segments are too many, at most {MOST} are measured")


def _grid(time: int, frequency: int, representation: Representation) -> Grid:
    _check_grid(time, frequency, representation)
    frames, bands = representation.shape
    cut = Grid(time=time, frequency=frequency, frames=frames, bands=bands)
    return PAPER_GRID if cut == PAPER_GRID else cut


def _check_grid(time: int, frequency: int, representation: Representation) -> None:
    if representation.ndim != 2:
        raise ValueError("they cut a spectrogram (frames, bands)")
    if time > representation.shape[0] or frequency > representation.shape[1]:
        raise ValueError("some would be empty")


def grid(time: int = 5, frequency: int = 4) -> Segmentation:
    """Cut a spectrogram (frames, bands) into rectangles, as in the paper."""
    _check_counts(time, frequency)
    return Segmentation("grid", f"{time} in time x {frequency} in frequency", partial(_grid, time, frequency))


def time(segments: int = 10, sample_rate: int = SAMPLE_RATE) -> Segmentation:
    """Cut a spectrogram, or a waveform (samples,), into stretches of time; a waveform's fade over 10 ms or less."""
    _check_counts(segments)

    def cut(representation: Representation) -> Partition:
        if representation.ndim == 1:
            shortest = len(representation) // segments
            return faded_stretches(len(representation), segments, min(round(FADE * sample_rate), shortest // 2))
        return _grid(segments, 1, representation)

    return Segmentation("time", f"{segments} in time", cut)


def frequency(segments: int = 8) -> Segmentation:
    """Cut a spectrogram (frames, bands) along frequency."""
    _check_counts(segments)
    return Segmentation("frequency", f"{segments} in frequency", partial(_grid, 1, segments))


def components(time: int = 5) -> Segmentation:
    """Split a log-mel spectrogram (frames, bands) into what sustains and what strikes, in stretches of time."""
    _check_counts(time, 2)

    def cut(representation: Representation) -> Partition:
        _check_grid(time, 1, representation)
        return harmonic_percussive(representation, time)

    return Segmentation("components", f"harmonic and percussive x {time} in time", cut)


def slic(segments: int = 20) -> Segmentation:
    """Cut a spectrogram (frames, bands) into superpixels."""
    _check_counts(segments)

    def cut(representation: Representation) -> Partition:
        _check_grid(1, 1, representation)
        return superpixels(representation, segments)

    return Segmentation("slic", f"{segments} superpixels", cut)


def sound(time: int = 5, frequency: int = 4, sample_rate: int = SAMPLE_RATE) -> Segmentation:
    """Cut the sound's own transform (frames, 1026) into rectangles."""
    _check_counts(time, frequency)

    def cut(representation: Representation) -> Partition:
        if representation.ndim != 2 or representation.shape[1] != 2 * BINS:
            raise ValueError("they cut the sound's own transform")
        return sound_segments(len(representation), sample_rate, time, frequency)

    return Segmentation("sound", f"{time} in time x {frequency} in frequency of the sound", cut, of_sound=True)


# Mishra et al. 2017 (SLIME) cut excerpts in time, in frequency and in both.
FACTORIES: dict[str, Callable[..., Segmentation]] = {
    factory.__name__: factory for factory in (grid, time, frequency, components, slic, sound)
}
SEGMENTATIONS = {name: factory() for name, factory in FACTORIES.items()}
GRID = SEGMENTATIONS["grid"]


def load_segmentation(name: str, sample_rate: int = SAMPLE_RATE) -> Segmentation:
    """Return the segmentation of a name, such as "slic" or "slic(segments=16)", for sounds of a sample rate.

    Raises NamingError for a name that stands for nothing, and for settings that it does not take.
    """
    base, settings = split_settings(name)
    if base not in FACTORIES:
        raise NamingError(
            f"unknown segments {name!r}{did_you_mean(base, FACTORIES)}: choose one of {', '.join(FACTORIES)}"
        )
    if not settings and sample_rate == SAMPLE_RATE:
        return SEGMENTATIONS[base]
    made: Segmentation = make(f"segments {name}", FACTORIES[base], settings, {"sample_rate": sample_rate})
    return made


def common_grid(segmentation: Segmentation, shape: tuple[int, ...]) -> Grid | None:
    """Return the grid that cuts all excerpts of a shape alike; None where they are cut otherwise."""
    partition = segmentation.cut(np.zeros(shape, dtype=np.float32))
    return partition if isinstance(partition, Grid) else None
