from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
import torch

from veracity_bench.explainers.contract.instance import ContractError
from veracity_bench.explainers.contract.weights import checked_weights

OTHERS = (
    torch.tensor([1.0, 2, 3], requires_grad=True),
    torch.tensor([1.0, 2, 3], dtype=torch.bfloat16),
    list(torch.tensor([1.0, 2, 3], requires_grad=True)),
    pd.Series([1, 2, 3]),
    np.ma.array([1, 2, 3]),
    [Fraction(1), 2, 3],
)


@pytest.mark.parametrize("answer", [[1, 2, 3], (1.0, 2.0, 3.0), np.array([1, 2, 3], np.float32), range(1, 4), *OTHERS])
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
        (None, "explainer mine returned a NoneType; it must return 3 numbers"),
        ("abc", "explainer mine returned text; it must return 3 numbers"),
        (["1", "2", "3"], "explainer mine returned text; it must return 3 numbers"),
        (["1", 2, None], "explainer mine returned a list; it must return 3 numbers"),
        ([1, [2], 3], "explainer mine returned a list; it must return 3 numbers"),
        ({0: 1.0}, "explainer mine returned a dict; it must return 3 numbers"),
        ([1 + 0j, 2, 3], "explainer mine returned complex numbers; it must return 3 numbers"),
        (torch.tensor([1j, 2, 3]), "explainer mine returned complex numbers"),
        (np.ma.masked_less([1, 2, 3], 2), "explainer mine returned a masked array, whose mask would be lost"),
        (pd.Series([1, 2, 3])[::-1], "explainer mine returned values with an index that is not 0, 1, 2 and so on"),
        (pd.Series([1, 2, 3], index=["a", "b", "c"]), "explainer mine returned values with an index"),
        (pd.Series([1, 2, pd.NA]), "explainer mine returned a Series"),
        (np.array(["2024-01-01"] * 3, dtype="M8[D]"), "explainer mine returned a ndarray"),
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
