import numpy as np

from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.models.games.segments import Grid


def test_an_instance_counts_its_segments():
    grid = Grid(time=3, frequency=2, frames=9, bands=4)
    empty = np.zeros((9, 4), np.float32)
    assert Instance(empty, empty, grid, logits=len, detector=None).n_segments == 6
