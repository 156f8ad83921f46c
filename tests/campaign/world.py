"""What all trials compare with: a tiny corpus, an undisturbed run, an undisturbed training."""

import shutil
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
from forked import fork
from judgement import measured
from tiny_corpus import write_corpus
from toy_runs import start_run
from toy_trainings import interrupted_training, start_training, weights


@dataclass
class World:
    """All lies in `folder`; what takes a run is made when it is first needed."""

    folder: Path

    @cached_property
    def corpus(self):
        return write_corpus(self.folder / "songs")

    @cached_property
    def undisturbed(self):
        """The folder of a run, of cache and report, that nothing has happened to."""
        return self._undisturbed[0]

    @cached_property
    def seconds(self):
        """How long that took."""
        return self._undisturbed[1]

    @cached_property
    def seconds_in_workers(self):
        """How long a run in two workers takes."""
        began = time.monotonic()
        run = start_run(self.corpus, self.fresh("in-workers"), workers=2)
        assert run.wait() == 0, run.output
        return time.monotonic() - began

    @cached_property
    def records(self) -> pd.DataFrame:
        return measured(self.undisturbed / "report")

    @cached_property
    def trained(self):
        """The weights of a training that nothing has happened to, and the seconds that it took."""
        began = time.monotonic()
        code = start_training(self.corpus, self.folder / "trained").wait()
        assert code == 0
        return weights(self.folder / "trained"), time.monotonic() - began

    @cached_property
    def interrupted(self):
        """The folder of a training that was killed after a checkpoint."""
        interrupted_training(self.corpus, self.folder / "interrupted")
        return self.folder / "interrupted"

    def fresh(self, name, source=None):
        """Return a folder for a trial, with a copy of another."""
        out = self.folder / name
        shutil.rmtree(out, ignore_errors=True)
        return shutil.copytree(source, out) if source else out

    @cached_property
    def _undisturbed(self):
        fork(self.folder / "imports", int).wait()  # what all are forked from imports once, and that takes its time
        out, began = self.folder / "undisturbed", time.monotonic()
        run = start_run(self.corpus, out)
        assert run.wait() == 0, run.output
        return out, time.monotonic() - began
