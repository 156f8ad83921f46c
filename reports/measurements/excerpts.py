"""The excerpts of a run: what figures show and people listen to, in one file beside the records.

``excerpts.npz`` holds log-mel spectrograms in half precision, sounds as they are encoded, and a JSON index; nothing in
it is pickled. A run may have none, for what was measured is in the records alone.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from veracity_bench.reports.measurements.columns import ATTACKS, DRAWING
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.files import replace
from veracity_bench.reports.measurements.manifest import holds, read_manifest

FILE = "excerpts.npz"
COORDINATES = ("attack", "direction", "song", "case", "variant", "frame", "probabilities", "gain")
ABOUT = ("explained", "change", "duration")  # what files of older runs lack

Spectrogram = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False, kw_only=True)
class Excerpt:
    """One excerpt before and after, log-mel (frames, bands); its coordinates are those of its records.

    probabilities  of what is explained, of the original and of the adversarial (or drawn) version
    explained      what that is, as in "the probability of singing"
    change         the classes of this very excerpt, as in "dog to cat", where its direction does not name them
    duration       in seconds; 0 where frames are 70 per second
    frame          the centre frame in the song, 70 per second
    sounds         mp3 by name: "clean", "adversarial", "perturbation", or none
    gain           by how many dB the perturbation was amplified
    """

    attack: str
    direction: str
    song: str
    case: int
    original: Spectrogram
    adversarial: Spectrogram
    probabilities: tuple[float, float]
    frame: int
    variant: str = ""
    sounds: Mapping[str, bytes] = field(default_factory=dict)
    gain: float = 0.0
    explained: str = "singing"
    change: str = ""
    duration: float = 0.0


def write_excerpts(directory: Path, excerpts: Sequence[Excerpt]) -> None:
    """Write the file, at once or not at all; where there are no excerpts, remove an older one."""
    if not excerpts:
        (directory / FILE).unlink(missing_ok=True)
        return
    index = [
        {name: getattr(one, name) for name in (*COORDINATES, *ABOUT)}
        | {"sounds": {k: len(v) for k, v in one.sounds.items()}}
        for one in excerpts
    ]
    sink = io.BytesIO()
    np.savez_compressed(
        sink,
        index=np.array(json.dumps(index)),
        original=np.stack([one.original for one in excerpts]).astype(np.float16),
        adversarial=np.stack([one.adversarial for one in excerpts]).astype(np.float16),
        sounds=np.frombuffer(b"".join(b"".join(one.sounds.values()) for one in excerpts), dtype=np.uint8),
    )
    replace(directory / FILE, sink.getvalue())


def read_excerpts(directory: Path) -> list[Excerpt]:
    """Read the excerpts that the manifest of a run names, maybe none; raises RecordsError for a damaged file."""
    file = directory / FILE
    if not holds(directory, FILE):
        return []
    read_manifest(directory, FILE)
    try:
        with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as arrays:
            index = json.loads(str(arrays["index"]))
            pairs = zip(arrays["original"], arrays["adversarial"], strict=True)
            sounds = io.BytesIO(arrays["sounds"].tobytes())
            return [_excerpt(facts, *pair, sounds) for facts, pair in zip(index, pairs, strict=True)]
    except Exception as error:
        raise RecordsError(f"The excerpts at {file} are unreadable: {error}.") from error


def _excerpt(facts: dict[str, Any], original: Spectrogram, adversarial: Spectrogram, sounds: io.BytesIO) -> Excerpt:
    words = [facts[name] for name in ("attack", "direction", "song", "variant")]
    words += [facts.get(name, "") for name in ("explained", "change")]
    numbers = [facts["case"], facts["frame"], facts["gain"], *facts["probabilities"], *facts["sounds"].values()]
    numbers += [facts.get("duration", 0.0)]
    if facts["attack"] not in (*ATTACKS, DRAWING) or not all(isinstance(word, str) for word in words):
        raise ValueError("an excerpt is of no known attack")
    if original.ndim != 2 or original.shape != adversarial.shape or not np.isfinite(numbers).all():
        raise ValueError("the numbers of an excerpt do not fit")
    changed = {
        "probabilities": tuple(facts["probabilities"]),
        "sounds": {name: sounds.read(length) for name, length in facts["sounds"].items()},
        "original": original.astype(np.float32),
        "adversarial": adversarial.astype(np.float32),
    }
    return Excerpt(**{**facts, **changed})
