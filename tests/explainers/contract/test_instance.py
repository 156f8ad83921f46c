import re
from dataclasses import fields
from pathlib import Path

import numpy as np

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.models.games.segments import Grid

PAGE = Path(__file__).parents[3] / "docs" / "own-explainer.md"


def test_an_instance_counts_its_segments():
    grid = Grid(time=3, frequency=2, frames=9, bands=4)
    empty = np.zeros((9, 4), np.float32)
    assert Instance(empty, empty, grid, logits=len, detector=None).n_segments == 6


def test_all_that_an_instance_shows_is_documented():
    names = {name for name in dir(Instance) if not name.startswith("_")} | {field.name for field in fields(Instance)}
    _, _, page = PAGE.read_text(encoding="utf-8").partition("## What an instance shows")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`(\w+)", row)} - {"instance"} == names


def test_all_fields_are_in_the_docstring():
    described = re.findall(r"^    (\w+)  ", Instance.__doc__, flags=re.MULTILINE)
    assert described == [field.name for field in fields(Instance)]
