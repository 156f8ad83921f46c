"""The stages before anything is measured: which items there are, and which worker runs each."""

import sys
from contextlib import redirect_stdout
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from xdist.remote import Producer

from veracity_bench.benchmarks.growth.prepare import CORPUS
from veracity_bench.fixtures.corpora.corpus import read_corpus
from veracity_bench.fixtures.run.xdist_scheduler import ByPlace
from veracity_bench.locations import room
from veracity_bench.models.attacks.attack import ATTACKS
from veracity_bench.models.direction import DIRECTIONS

IDS = "ids"
WORKERS = 2


class Ids:
    """A plugin that keeps the ids of what was collected."""

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Keep them."""
        self.ids = [item.nodeid for item in session.items]


def collect(folder: Path) -> int:
    """Collect the items of all explainers; return how many there are."""
    options = ["--collect-only", "-qqq", "--scale", "quick", "--corpus", str(folder / CORPUS), "-p", "no:cacheprovider"]
    found = Ids()
    with redirect_stdout(sys.stderr):
        pytest.main([str(room("benchmarks")), *options, "--no-header"], [found])
    (folder / IDS).write_text("\n".join(found.ids), encoding="utf-8")
    return len(found.ids)


class Worker:
    """A worker as far as the scheduler knows it, which does nothing."""

    shutting_down = False

    def __init__(self) -> None:
        self.gateway, self.given = SimpleNamespace(id="worker"), list[int]()

    def send_runtest_some(self, indices: list[int]) -> None:
        """Take items, by their places in the collection."""
        self.given += indices

    def shutdown(self) -> None:
        """Take no more."""
        self.shutting_down = True


def schedule(folder: Path) -> int:
    """Do the controller's work for these items under xdist, to the last of them; return how many workers ended."""
    ids = (folder / IDS).read_text(encoding="utf-8").split("\n")
    scheduler = ByPlace(_config(), Producer("controller", enabled=False), _settings(folder))
    workers = [Worker() for _ in range(WORKERS)]
    for worker in workers:
        scheduler.add_node(worker)
        scheduler.add_node_collection(worker, ids)
    scheduler.schedule()
    ended = 0
    while any(worker.given for worker in workers):
        for worker in workers:
            for item in [worker.given.pop(0)] if worker.given else []:
                scheduler.mark_test_complete(worker, item)
                ended += 1
    return ended


def _config() -> Any:
    option = SimpleNamespace(verbose=0, loadscopereorder=True)
    tx = ["popen"] * WORKERS
    return SimpleNamespace(option=option, getvalue=lambda name: tx, getoption=lambda name: None)


def _settings(folder: Path) -> Any:
    songs = read_corpus(folder / CORPUS).splits["test"]
    return SimpleNamespace(applicable=ATTACKS, directions=DIRECTIONS, drawable=True, test_songs=songs)
