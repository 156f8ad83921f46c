"""What tests of several rooms share. `fixtures/toys` goes on the path, as a user's own modules would be."""

import os
import sys
from contextlib import suppress
from pathlib import Path

import pytest
import torch

from veracity_bench.fixtures.run.device import choose_device
from veracity_bench.fixtures.store import Store
from veracity_bench.models.threads import compute_on_one_thread

sys.path.append(str(Path(__file__).parent / "fixtures" / "toys"))

import toys
from tiny_corpus import write_corpus

with suppress(ModuleNotFoundError):  # without the tests' own requirements, pytest still shows its help from here
    from hypothesis import settings

    # How long an example takes is up to the machine; HYPOTHESIS_EXAMPLES=10000 makes a campaign of the tests.
    examples = int(os.environ.get("HYPOTHESIS_EXAMPLES", "100"))
    settings.register_profile("unhurried", deadline=None, max_examples=examples)
    settings.load_profile("unhurried")


def pytest_configure(config):
    """Turn warnings into failures: in these tests, not in benchmarks, where other people's code may warn."""
    config.addinivalue_line("filterwarnings", "error")


@pytest.fixture(autouse=True, scope="session")
def _one_thread():
    """Workers of xdist slow each other down otherwise."""
    compute_on_one_thread()


@pytest.fixture
def corpus_folder(tmp_path):
    """A fresh tiny corpus, for a test to change."""
    return write_corpus(tmp_path / "songs")


@pytest.fixture(scope="session")
def shared_corpus_folder(tmp_path_factory):
    """A tiny corpus that no test may change."""
    return write_corpus(tmp_path_factory.mktemp("shared") / "songs")


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def explainer(monkeypatch):
    """Give a function a name by which it is loaded as an explainer."""

    def named(function):
        monkeypatch.setattr(toys, "made", function, raising=False)
        return "toys:made"

    return named


@pytest.fixture(scope="session")
def gpu():
    """The first GPU; skip the test where there is none."""
    if not torch.cuda.is_available():
        pytest.skip("no GPU")
    return choose_device("cuda", "gw0")
