"""One excerpt, explained in every way, one after another: a machine that slows down slows them all."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from statistics import median

import numpy as np
from numpy.typing import NDArray

from veracity_bench.benchmarks.speed.task import Task
from veracity_bench.benchmarks.speed.ways import LIME_HERE, WAYS
from veracity_bench.fixtures.seeds import generator
from veracity_bench.fixtures.timing import timed
from veracity_bench.models.games.solutions.coalitions import masks

TABLE = "exact table, set-up included"
CHECK = "check of the table"
STEPS = (TABLE, *WAYS, CHECK)
CHECKED = 4096  # coalitions
WARM_UP = 64  # samples
ROUNDS = 5  # of what takes a fraction of a second: any disturbance would be a large part of it


@dataclass(frozen=True, eq=False)
class Repetition:
    """The seconds of every way (the table's with its set-up, also given apart), and the table's largest error."""

    set_up: float
    seconds: dict[str, float]
    difference: float


def warm_up(task: Task) -> None:
    """Run every way with few samples: what is loaded or compiled at first use is nobody's cost."""
    task.game().table()
    for way in WAYS.values():
        way(replace(task, samples=min(task.samples, WARM_UP)))


def repeat(task: Task, show: Callable[[str], None]) -> Repetition:
    """Run every way on a task; `show` is called with the name of each before it runs."""
    show(TABLE)
    table, set_up, filling = _table(task)
    seconds = {TABLE: set_up + filling}
    for name, way in WAYS.items():
        show(name)
        rounds = ROUNDS if name == LIME_HERE else 1
        seconds[name] = median(timed(partial(way, task))[1] for _ in range(rounds))
    show(CHECK)
    return Repetition(set_up, seconds, largest_difference(task, table))


def _table(task: Task) -> tuple[NDArray[np.float32], float, float]:
    """Return a task's table, and the median seconds of setting it up and of filling it."""
    set_ups, fillings = [], []
    for _ in range(ROUNDS):
        game, seconds = timed(task.game)
        set_ups.append(seconds)
        table, seconds = timed(game.table)
        fillings.append(seconds)
    return table, median(set_ups), median(fillings)


def largest_difference(task: Task, table: NDArray[np.float32]) -> float:
    """Return how far a table's logits are from those of forward passes, over random coalitions, over all if few."""
    coalitions = generator("speed", CHECK).permutation(len(table))[:CHECKED]
    return float(np.abs(table[coalitions] - task.logits(masks(coalitions, task.grid.n_segments))).max())
