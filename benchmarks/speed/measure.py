"""The whole measurement: the machine's ceiling, the best batch size, then one excerpt after another."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from tqdm import tqdm

from veracity_bench.benchmarks.speed.ceiling import batch_rates, matmul_ceiling, pass_flops, table_flops
from veracity_bench.benchmarks.speed.machine import machine
from veracity_bench.benchmarks.speed.repetition import STEPS, repeat, warm_up
from veracity_bench.benchmarks.speed.summary import Work, summarise
from veracity_bench.benchmarks.speed.task import Task
from veracity_bench.fixtures.explanations.baselines import mean_baseline
from veracity_bench.models.games.segments import Grid


def measure(detector: nn.Module, grid: Grid, excerpts: Sequence[NDArray[np.float32]], samples: int) -> dict[str, Any]:
    """Return what was measured, in built-in types; stderr shows what runs."""
    with tqdm(total=4 + len(excerpts) * len(STEPS), bar_format="{n_fmt}/{total_fmt} [{elapsed}] {desc}") as steps:

        def show(step: str) -> None:
            steps.update()
            steps.set_description_str(step)

        show("matrix products")
        ceiling = matmul_ceiling()
        show("batch sizes")
        rates = batch_rates(detector)
        batch = max(rates, key=rates.__getitem__)
        tasks = [Task(detector, x, float(mean_baseline(x)[0, 0]), grid, samples, batch) for x in excerpts]
        show("warming up")
        warm_up(tasks[0])
        repetitions = [repeat(task, show) for task in tasks]
        show("matrix products again")
        ceiling = max(ceiling, matmul_ceiling())  # something else may have run the first time
    settings = {
        "method": tasks[0].game().method,
        "coalitions": 2**grid.n_segments,
        "samples": samples,
        "repetitions": len(tasks),
        "threads": torch.get_num_threads(),
        "batch": batch,
    }
    work = Work(ceiling=ceiling, forward_pass=pass_flops(detector), table=table_flops(detector, grid.n_segments))
    per_batch = {str(size): rate for size, rate in rates.items()}
    figures = summarise(repetitions, samples, work)
    return {"settings": settings, "machine": machine()} | figures | {"passes per second by batch": per_batch}
