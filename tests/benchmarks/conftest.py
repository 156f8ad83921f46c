"""What the end-to-end tests share."""

import pytest
from tiny_run import ALL, started

from veracity_bench.reports.measurements.records import read_run


@pytest.fixture(scope="session")
def run(tmp_path_factory, shared_corpus_folder):
    """Run some explainers on the tiny corpus once, without workers: the finished process and where it wrote."""
    out = tmp_path_factory.mktemp("run")
    return started(shared_corpus_folder, out, "--detector", "toys:layered", "-n", "0", *ALL), out


@pytest.fixture(scope="session")
def records(run):
    """Return the records of this run."""
    return read_run(run[1] / "report")[0]
