"""The recipes of the documents work as they stand there."""

import re
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from veracity_bench.fixtures.detectors.probe import probe
from veracity_bench.models.detectors.build import build_detector
from veracity_bench.models.games.segment_game import SegmentGame
from veracity_bench.models.games.segments import PAPER_GRID

ROOT = Path(__file__).parents[2]


def blocks(page, holding):
    """The Python blocks of a page that hold this text."""
    found = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    return [block for block in found if holding in block]


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Writes code to a module that can be imported; returns its name."""

    def module(code, name):
        (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        return name

    return module


DETECTORS = [
    (code, f"recipe_{place}")
    for place, code in enumerate(
        [*blocks("README.md", "make_detector"), *blocks("docs/detectors.md", "def make_detector")]
    )
]


@pytest.mark.parametrize(("code", "name"), DETECTORS, ids=[name for _, name in DETECTORS])
def test_detectors_are_accepted_and_have_tables_unless_they_recur(code, name, module):
    factory = f"{module(code, name)}:make_detector"
    torch.manual_seed(0)
    detector = build_detector(factory).eval()
    probe(factory, detector)
    off, on = np.random.default_rng(0).normal(-5, 1, (2, 115, 80)).astype(np.float32)
    assert SegmentGame(detector, PAPER_GRID, off, on).enumerable != any(
        isinstance(m, nn.GRU) for m in detector.modules()
    )


def test_the_explainer_of_the_readme_weighs_what_is_removed():
    names = {}
    (code,) = blocks("README.md", "def remove_each")
    exec(code, names)

    class Instance:
        n_segments = 3

        def predict(self, masks):
            return masks @ np.array([0.1, 0.3, -0.2])

    assert names["remove_each"](Instance(), np.random.default_rng(0)) == pytest.approx([0.1, 0.3, -0.2])
