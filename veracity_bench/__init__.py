"""A benchmark of explanation methods for audio classifiers, and its parts as a library.

What `__all__` lists is public, and described in docs/api.md; everything else may change. Names are imported when they
are used, so that `import veracity_bench` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from veracity_bench.api.attacks import Outcome, attack_audio
    from veracity_bench.api.classifiers import (
        SYNTHETIC_SONGS,
        Argmax,
        Classifier,
        Tag,
        Threshold,
        TrainedDetector,
        load_detector,
        log_mel,
        read_audio,
    )
    from veracity_bench.api.exact import ExactGame, exact_game
    from veracity_bench.api.explanations import Instance, explain
    from veracity_bench.api.runs import draw, read_manifest, read_records, read_tables
    from veracity_bench.api.scores import Direction, Score, score

__version__ = "0.1.0"
__all__ = [
    "SYNTHETIC_SONGS",
    "Argmax",
    "Classifier",
    "Direction",
    "ExactGame",
    "Instance",
    "Outcome",
    "Score",
    "Tag",
    "Threshold",
    "TrainedDetector",
    "attack_audio",
    "draw",
    "exact_game",
    "explain",
    "load_detector",
    "log_mel",
    "read_audio",
    "read_manifest",
    "read_records",
    "read_tables",
    "score",
]

_MODULES = {
    "attacks": ("Outcome", "attack_audio"),
    "classifiers": (
        "SYNTHETIC_SONGS",
        "Argmax",
        "Classifier",
        "Tag",
        "Threshold",
        "TrainedDetector",
        "load_detector",
        "log_mel",
        "read_audio",
    ),
    "exact": ("ExactGame", "exact_game"),
    "explanations": ("Instance", "explain"),
    "runs": ("draw", "read_manifest", "read_records", "read_tables"),
    "scores": ("Direction", "Score", "score"),
}


def __getattr__(name: str) -> object:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.api.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
