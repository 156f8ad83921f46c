"""Toy runs of the benchmark, forked from a process that has imported all they need: each takes seconds, and can be hit.

A run is a process group of its own, as one that a user starts in a terminal. Its board and page have no sections, and a
single figure: they take longer than all the rest, and read and write no other files.
"""

import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

import pytest
import torch

from veracity_bench.reports import leaderboard
from veracity_bench.reports.sections import order

ROOT = Path(__file__).parents[2]
LIMIT = 240  # seconds of a run
PRELOADED = [
    "torch",
    "librosa.filters",
    "librosa.util",
    "lime.lime_base",
    "soundfile",
    "matplotlib.backends.backend_svg",
]
PRELOADED += [f"veracity_bench.{name}" for name in ("benchmarks.pytest_fixtures", "fixtures.plugin")]
PRELOADED += ["veracity_bench.reports.final_report"]
FIGURE = "curves"
TINY = "--updates 0 --cases 1 --attempts 2 --iterations 60 --samples 32 --songs 1 --attack waveform -p no:cacheprovider"
HONEST = ("lime", "delta-norm")

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(PRELOADED)


@dataclass
class Run:
    """A process that was started, and the file that it prints to."""

    process: multiprocessing.process.BaseProcess
    log: Path
    began: float = field(default_factory=time.monotonic)

    @property
    def output(self):
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def signal(self, number, *, group=False):
        with suppress(ProcessLookupError, PermissionError):
            (os.killpg if group else os.kill)(self.process.pid, number)

    def wait(self, seconds=LIMIT):
        """Return the exit status, negative for a signal, None for a process that hangs; all of its group ends."""
        self.process.join(seconds)
        code = self.process.exitcode
        self.signal(signal.SIGKILL, group=True)
        self.process.join()
        return code


def start_run(corpus, out, *options, explainers=HONEST, workers=0, temporary=None):
    """Start a run of one benchmark, whose cache and report lie in `out`."""
    paths = ["--corpus", corpus, "--cache-dir", out / "cache", "--report-dir", out / "report"]
    chosen = [option for name in explainers for option in ("--explainer", name)]
    arguments = ["benchmarks/test_flip_at_k.py", *paths, *TINY.split(), "--detector", "toys:layered", *chosen]
    return fork(out, _run, [*map(str, [*arguments, "-n", workers, *options])], temporary)


def fork(out, function, *arguments):
    """Start a function in a process of its own."""
    out.mkdir(parents=True, exist_ok=True)
    log = Path(tempfile.mkdtemp(prefix="log-", dir=out.parent)) / "log"
    process = processes.Process(target=_apart, args=(str(log), function, arguments))
    with patch.dict(os.environ, OMP_NUM_THREADS="1"):  # of the process that all are forked from, which starts now
        process.start()
    return Run(process, log)


def _apart(log, function, arguments):
    os.setsid()
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT)
    for standard in (1, 2):
        os.dup2(descriptor, standard)
    gc.freeze()  # what was imported need not be searched for garbage
    torch.set_num_threads(1)
    code = function(*arguments)
    sys.stdout.flush()
    os._exit(int(code or 0))


def _run(arguments, temporary):
    figure = order.figures()[FIGURE]
    leaderboard.sections, order.figures = tuple, lambda: {FIGURE: figure}
    import_module("veracity_bench.reports.page.render")._body = lambda *_: ""
    os.chdir(ROOT)
    if temporary:
        os.environ["TMPDIR"], tempfile.tempdir = str(temporary), None
    return pytest.main([*arguments, "-p", "no:hypothesispytest"])
