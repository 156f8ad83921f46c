"""Explainers that search for the truth: in the frames that called them, in objects, in other processes, in caches.

One that has found it would use it; each raises what it has found, so that a run shows it at once.
"""

import gc
import os
import sys
from itertools import product
from pathlib import Path

from hostile_explainers import plain

SECRETS = ("nosing_to_sing", "sing_to_nosing", "waveform/")
AROUND = Path(__file__).parents[3]  # what holds the clone
NAMES = ("reads_frames", "reads_objects", "reads_processes", "reads_caches")  # need namespaces to be stopped


def reads_frames(instance, rng):
    frame = sys._getframe()
    while frame := frame.f_back:
        _search({name: repr(value) for name, value in frame.f_locals.items()}, "a frame")
    return plain(instance, rng)


def reads_objects(instance, rng):
    own = {id(one) for one in (SECRETS, globals(), sys.modules)}
    for thing in gc.get_objects():
        if type(thing) in (dict, list, tuple) and id(thing) not in own:
            values = thing.values() if type(thing) is dict else thing
            for text in [one for one in values if type(one) is str and one not in SECRETS]:
                _search(text[:200] if len(text) < 200 else "", "an object")
    return plain(instance, rng)


def reads_processes(instance, rng):
    for folder in Path("/proc").glob("[0-9]*"):
        for file in ("environ", "cmdline"):
            try:
                _search((folder / file).read_bytes().decode(errors="replace"), str(folder))
            except OSError:
                continue
    return plain(instance, rng)


def reads_caches(instance, rng):
    """Look for what a run keeps, wherever it may lie."""
    for root in map(Path, ("/tmp", "/home", "/root", AROUND, os.getcwd(), "/var/tmp", "/dev/shm")):
        for depth, name in product(range(1, 6), ("cases.npz", "explanations.npz", "excerpts.npz", "records.parquet")):
            for file in root.glob("*/" * depth + name):
                raise LookupError(f"found {file}")
    return plain(instance, rng)


def _search(what, where):
    for secret in SECRETS:
        if secret in str(what):
            raise LookupError(f"found {secret} in {where}: {str(what)[:300]}")
