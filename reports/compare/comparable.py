"""Do two boards measure the same thing? Only then can a change be laid to the explainers."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from veracity_bench.reports.compare.processors import processors
from veracity_bench.reports.measurements.columns import ATTACKS
from veracity_bench.reports.scores import measured_cases

FACTS = {
    "songs": ("corpus", "key"),
    "detector": ("detector", "weights"),
    "threshold of the detector": ("detector", "threshold"),
    "segments": ("measured", "segments"),
    "baseline": ("measured", "baseline"),
    **{f"{attack} attack": ("options", attack) for attack in ATTACKS},
    "seed": ("options", "seed"),
}
NAMES = {  # for what is known by a digest: where its name stands, and what else may differ
    "songs": ("corpus", "audio or labels"),
    "detector": ("detector", "weights"),
}
OTHERWISE = {"detector": "classifier"}  # the name under which a manifest has it, if not under that
EARLIER = {"baseline": "mean"}  # what a manifest of before there was a choice stands for
VERSIONS = "definitions"  # the section of versions of what the code defines: they change what numbers mean


def obstacle(old: tuple[pd.DataFrame, Mapping[str, Any]], new: tuple[pd.DataFrame, Mapping[str, Any]]) -> str | None:
    """Return in one sentence why two runs (records, manifest) cannot be compared; None if they can."""
    definitions = {name for _, manifest in (old, new) for name in _section(manifest, VERSIONS)}
    versions = {f"definition of {name}": (VERSIONS, name) for name in sorted(definitions)}
    for what, (section, name) in {**FACTS, **versions}.items():
        sides = [_section(manifest, section).get(name, EARLIER.get(name)) for _, manifest in (old, new)]
        if sides[0] != sides[1]:
            words = _names(what, old[1], new[1]) if what in NAMES else f"{sides[0]} and {sides[1]}"
            return f"The boards cannot be compared, for they differ in the {what}: {words}."
    ours, theirs = (set(measured_cases.cases(records).itertuples(index=False, name=None)) for records, _ in (old, new))
    if ours == theirs:
        return None
    counts = f"{len(ours - theirs)} are on the old one only, {len(theirs - ours)} on the new one only"
    attack, direction, song, case = min(ours ^ theirs)
    sentence = (
        f"The boards cannot be compared, for their cases differ: {counts}, such as {attack} {direction} {song} {case}."
    )
    return " ".join(filter(None, [sentence, processors(old[1], new[1])]))


def _names(what: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Name what two runs measured, in words instead of by digests."""
    name, within = NAMES[what]
    measured = [_section(manifest, "measured") for manifest in (old, new)]
    sides = [str(side.get(name) or side.get(OTHERWISE.get(name, ""), "unnamed")) for side in measured]
    return f"both {sides[0]}, with other {within}" if sides[0] == sides[1] else " and ".join(sides)


def _section(manifest: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = manifest.get(name)
    return section if isinstance(section, Mapping) else {}
