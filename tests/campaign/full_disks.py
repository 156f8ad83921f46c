"""Disks that fill up, at any byte: the cache's, the report's, that of temporary files, one for all three.

A disk is a file system in memory, which only root may mount.
"""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from random import Random

from judgement import Outcome, crashed, differs, goes_on
from toy_runs import start_run

NAME = "full disks"
MEANS = (
    "A run that does not end well names the disk in a sentence, without a traceback; the old report stands; with room "
    "again, a second run ends well with the records of an undisturbed one."
)
PLACES = ("cache", "report", "all", "report", "temporary", "cache")
ROOM = 256  # MB


def obstacle():
    """Return in a clause why it cannot be tried here, "" if it can."""
    return "" if sys.platform == "linux" and os.geteuid() == 0 and _mounts() else "only root can mount a small disk"


def tries(world, seed, n):
    for number in range(n):
        rng = Random(f"{seed} full disk {number}")
        out = world.fresh(f"disk-{number}")
        out.mkdir()
        place = PLACES[number % len(PLACES)]
        most = 2**17 if place == "temporary" else _size(world.undisturbed) + 2**18
        size = int(rng.random() ** 2 * most) + 2**14
        with _disk(out, ROOM * 2**20) as resize:
            fault = _trial(world, out, place, size, resize)
        yield Outcome(f"{place}, {size // 1024} kB of room", fault)
        for folder in (out, out.with_name(f"{out.name}-other")):
            shutil.rmtree(folder, ignore_errors=True)


def _trial(world, out, place, size, resize):
    """Let the disk of a place have so many bytes of room beside an old report."""
    here = {name: place in (name, "all") for name in ("cache", "report", "temporary")}
    folders = {name: (out if here[name] else out.with_name(f"{out.name}-other")) / name for name in here}
    folders["temporary"].mkdir(parents=True)
    shutil.copytree(world.undisturbed / "report", folders["report"])
    resize(size + (_size(world.undisturbed / "report") if here["report"] else 0))
    options = ["--cache-dir", folders["cache"], "--report-dir", folders["report"]]
    run = start_run(world.corpus, out.with_name(f"{out.name}-logs"), *options, temporary=folders["temporary"])
    code = run.wait()
    fault = crashed(run.output) or differs(folders["report"], world.records)
    if code is None or code < 0:
        fault = fault or f"ended with {code}: {run.output[-1000:]}"
    if code != 0 and str(out) not in run.output:
        fault = fault or f"names no folder: {run.output[-1500:]}"
    resize(ROOM * 2**20)
    again = start_run(world.corpus, out.with_name(f"{out.name}-logs"), *options, temporary=folders["temporary"])
    return fault or goes_on(again, folders["report"].parent, world.records)


@contextmanager
def _disk(folder, size):
    """Mount an empty disk, and yield what changes its size."""
    _mount(folder, f"size={size}")
    try:
        yield lambda size: _mount(folder, f"remount,size={size}")
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def _mount(folder, options):
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True, capture_output=True)


def _mounts():
    return subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode == 0


def _size(folder):
    return sum(-(-path.stat().st_size // 4096) * 4096 for path in folder.rglob("*") if path.is_file())
