"""Signals at any moment: to a run, to one of its workers, to a training."""

import os
import shutil
import signal
import time
from pathlib import Path
from random import Random

from judgement import Outcome, crashed, differs, goes_on
from toy_runs import start_run
from toy_trainings import start_training, weights

from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.records import read_run
from veracity_bench.reports.report import is_incomplete

NAME = "kills"
MEANS = (
    "The report in place is whole, the old one or the new; one beside it is marked as incomplete; a second run, or "
    "training, with the same cache ends well with the records, or weights, of an undisturbed one; nothing half is left."
)
SIGNALS = [[signal.SIGKILL], [signal.SIGTERM], [signal.SIGINT], [signal.SIGINT, signal.SIGINT], [signal.SIGHUP]]


def tries(world, seed, n):
    """Yield the outcomes of n trials: seven of ten hit a run, two a training, one a worker."""
    kinds = [_run, _training, _run, _run, _run, _worker, _run, _training, _run, _run]
    for number in range(n):
        rng = Random(f"{seed} kill {number}")
        out = world.fresh(f"kill-{number}")
        tried, fault = kinds[number % len(kinds)](world, out, rng)
        yield Outcome(tried, fault)
        if not fault:
            shutil.rmtree(out, ignore_errors=True)


def _run(world, out, rng):
    old = rng.random() < 0.7
    if old:
        shutil.copytree(world.undisturbed / "report", out / "report")
    signals, moment, group = rng.choice(SIGNALS), rng.uniform(0, 1.05) * world.seconds, rng.random() < 0.5
    run = start_run(world.corpus, out)
    time.sleep(moment)
    for one in signals:
        run.signal(one, group=group)
        time.sleep(0.1)
    ended = run.wait(60)
    hangs = f"did not end: {run.output[-500:]}" if ended is None else ""
    fault = hangs or crashed(run.output, "INTERNALERROR") or _broken(world, out, old) or _unmarked(world, out)
    tried = f"{'+'.join(one.name for one in signals)} {'to its group ' * group}after {moment / world.seconds:.0%}"
    return tried, fault or goes_on(start_run(world.corpus, out), out, world.records)


def _broken(world, out, old):
    """Return what is wrong with the report in place; for a moment the old one lies aside."""
    place, aside = out / "report", out / "report-replaced"
    if place.exists():
        return differs(place, world.records)
    return differs(aside, world.records) if old else ""


def _unmarked(world, out):
    beside = out / "report-incomplete"
    try:
        marked = not beside.exists() or is_incomplete(read_run(beside)[1])
    except RecordsError:
        return ""  # and so will everybody be
    return "" if marked else differs(beside, world.records)


def _worker(world, out, rng):
    moment = rng.uniform(0.1, 0.9) * world.seconds_in_workers
    run = start_run(world.corpus, out, workers=2)
    time.sleep(moment)
    alive = _children(run.process.pid)
    if alive:
        os.kill(rng.choice(alive), signal.SIGKILL)
    hit = "SIGKILL to a worker" if alive else "no worker there to be killed"
    return f"{hit} after {moment / world.seconds_in_workers:.0%}", goes_on(run, out, world.records)


def _children(parent):
    found = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(child) for child in found.read_text().split()] if found.exists() else []


def _training(world, out, rng):
    expected, seconds = world.trained
    moment = rng.uniform(0, 1) * seconds
    run = start_training(world.corpus, out)
    time.sleep(moment)
    run.process.kill()
    run.wait()
    again = start_training(world.corpus, out)
    fault = "" if again.wait() == 0 else again.output[-1000:]
    return f"SIGKILL to a training after {moment / seconds:.0%}", fault or "other weights" * (weights(out) != expected)
