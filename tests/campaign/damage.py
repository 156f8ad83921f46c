"""Files of the cache, of a checkpoint and of a report that were changed, cut, deleted, exchanged."""

import shutil
from random import Random

from judgement import Outcome, differs, goes_on, measured, unclear
from mutations import damage
from toy_runs import start_run
from toy_trainings import start_training, weights

from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.excerpts import read_excerpts

NAME = "damage"
MEANS = (
    "What was damaged in a cache or a checkpoint is made anew, and the run ends well with the records, or the training "
    "with the weights, of an undisturbed one; a damaged report is refused in one sentence that names it, or is whole."
)


def tries(world, seed, n):
    """Yield the outcomes of n trials: half of reports, three of ten of a cache, two of a checkpoint."""
    kinds = [_report, _cache, _report, _checkpoint, _report, _cache, _report, _cache, _report, _checkpoint]
    for number in range(n):
        rng = Random(f"{seed} damage {number}")
        tried, fault = kinds[number % len(kinds)](world, world.fresh(f"damage-{number}"), rng)
        yield Outcome(tried, fault)
        if not fault:
            shutil.rmtree(world.folder / f"damage-{number}", ignore_errors=True)


def _report(world, out, rng):
    shutil.copytree(world.undisturbed / "report", out)
    how = damage(out, rng)
    try:
        records, excerpts = measured(out), read_excerpts(out)
    except RecordsError as error:
        return f"a report: {how}", unclear(str(error), out)
    same = records.equals(world.records) and len(excerpts) == len(read_excerpts(world.undisturbed / "report"))
    return f"a report: {how}", "" if same else "read as something else"


def _cache(world, out, rng):
    shutil.copytree(world.undisturbed, out)
    how = " and ".join(damage(out / "cache", rng) for _ in range(rng.randint(1, 3)))
    run = start_run(world.corpus, out)
    return f"a cache: {how}", goes_on(run, out, world.records) or differs(out / "report", world.records)


def _checkpoint(world, out, rng):
    shutil.copytree(world.interrupted, out)
    how = damage(out / "cache" / "detectors", rng)
    run = start_training(world.corpus, out)
    fault = "" if run.wait() == 0 else run.output[-1000:]
    return f"a training: {how}", fault or "other weights" * (weights(out) != world.trained[0])
