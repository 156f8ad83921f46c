import numpy as np
import pytest

from veracity_bench.explainers.contract.instance import ContractError, Instance, checked_weights
from veracity_bench.models.games.segments import Grid


@pytest.mark.parametrize("answer", [[1, 2, 3], (1.0, 2.0, 3.0), np.array([1, 2, 3], np.float32), range(1, 4)])
def test_weights_of_any_kind_become_floats(answer):
    weights = checked_weights("mine", answer, 3)
    assert weights.dtype == np.float64
    assert weights.tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ([1, 2], r"explainer mine returned weights of shape \(2,\); it must return \(3,\)"),
        ([[1, 2, 3]], r"explainer mine returned weights of shape \(1, 3\)"),
        (0.5, r"explainer mine returned weights of shape \(\)"),
        ([1, np.nan, -np.inf], "explainer mine returned 2 weights that are not finite"),
        (None, "explainer mine"),
        ("abc", "explainer mine returned a str, not 3 numbers"),
        ([1, [2], 3], "explainer mine returned a list, not 3 numbers"),
        ({0: 1.0}, "explainer mine returned a dict, not 3 numbers"),
    ],
)
def test_anything_else_is_refused_by_name(answer, message):
    with pytest.raises(ContractError, match=message):
        checked_weights("mine", answer, 3)


def test_weights_are_a_copy_of_the_answer():
    """An explainer may use its array again."""
    answer = np.arange(3.0)
    weights = checked_weights("mine", answer, 3)
    answer[:] = 0
    assert weights.tolist() == [0, 1, 2]


def test_an_instance_counts_its_segments():
    grid = Grid(time=3, frequency=2, frames=9, bands=4)
    empty = np.zeros((9, 4), np.float32)
    assert Instance(empty, empty, grid, logits=len, detector=None).n_segments == 6
