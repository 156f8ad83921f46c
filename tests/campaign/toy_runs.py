"""Toy runs of the benchmark, forked from a process that has imported all they need: each takes seconds, and can be hit.

Board and page are bare, with a single figure: the others read and write no other files.
"""

import os
import tempfile
from pathlib import Path

import pytest
from bare_report import bare_report
from forked import fork

ROOT = Path(__file__).parents[2]
TINY = "--updates 0 --cases 1 --attempts 2 --iterations 60 --samples 32 --songs 1 --attack waveform -p no:cacheprovider"
HONEST = ("lime", "delta-norm")


def start_run(corpus, out, *options, explainers=HONEST, workers=0, temporary=None):
    """Start a run of one benchmark, whose cache and report lie in `out`."""
    paths = ["--corpus", corpus, "--cache-dir", out / "cache", "--report-dir", out / "report"]
    chosen = [option for name in explainers for option in ("--explainer", name)]
    arguments = ["benchmarks/test_flip_at_k.py", *paths, *TINY.split(), "--detector", "toys:layered", *chosen]
    return fork(out, _run, [*map(str, [*arguments, "-n", workers, *options])], temporary)


def _run(arguments, temporary):
    bare_report("curves")
    os.chdir(ROOT)
    if temporary:
        os.environ["TMPDIR"], tempfile.tempdir = str(temporary), None
    return pytest.main([*arguments, "-p", "no:hypothesispytest"])
