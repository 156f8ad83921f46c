"""Were two runs measured with the same instructions of the processor? Late digits and a few flips depend on it."""

from collections.abc import Mapping
from typing import Any

from veracity_bench.processors import PROCESSOR

DIFFERENT = """\
The runs were computed with different instructions of the processor ({what}), which changes late digits, a few flips \
and now and then an attack: a small change may be of that and of nothing else."""


def processors(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Return in a sentence how the processors of two manifests differ, "" where they do not or one is not known."""
    stated = [manifest.get(PROCESSOR) for manifest in (old, new)]
    sides = [side for side in stated if isinstance(side, Mapping) and side]
    if len(sides) < len(stated):
        return ""
    libraries = dict.fromkeys(library for side in sides for library in side)
    pairs = {library: [str(side.get(library, "unknown")) for side in sides] for library in libraries}
    different = [f"{library}: {' before, '.join(both)} now" for library, both in pairs.items() if both[0] != both[1]]
    return DIFFERENT.format(what="; ".join(different)) if different else ""
