"""What counts as the weights of an explainer: one finite number per segment, in the segments' order.

What numpy would make numbers of without a word is refused in words: a mask or an index that would be lost, the
imaginary part of a complex number, text that looks like numbers.
"""

from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from torch import Tensor

from veracity_bench.explainers.contract.instance import ContractError


def checked_weights(name: str, weights: ArrayLike, n_segments: int) -> NDArray[np.float64]:
    """Return weights as (n_segments,) floats; raise ContractError, naming the explainer, for anything else."""
    numbers = _detached(weights)
    if problem := _lost(numbers) or _no_numbers(numbers):
        raise ContractError(f"explainer {name} returned {problem}; it must return {n_segments} numbers")
    array = np.array(numbers, dtype=np.float64)
    if array.shape != (n_segments,):
        raise ContractError(f"explainer {name} returned weights of shape {array.shape}; it must return ({n_segments},)")
    if not np.isfinite(array).all():
        raise ContractError(f"explainer {name} returned {int((~np.isfinite(array)).sum())} weights that are not finite")
    return array


def _detached(weights: Any) -> Any:
    """Return tensors as arrays: whether they require a gradient, or where they lie, is no matter."""
    if isinstance(weights, Tensor):
        tensor = weights.detach().cpu().resolve_conj().resolve_neg()
        return (tensor.double() if tensor.is_floating_point() else tensor).numpy()
    if isinstance(weights, list | tuple):
        return [_detached(item) for item in weights]
    return weights


def _lost(weights: Any) -> str:
    """Return what would be lost if only the values were taken."""
    if np.ma.is_masked(weights):
        return "a masked array, whose mask would be lost"
    index = getattr(weights, "index", None)
    if index is None or callable(index):  # of a list it is a method
        return ""
    in_order = np.array_equal(np.asarray(index), np.arange(len(index)))
    return "" if in_order else "values with an index that is not 0, 1, 2 and so on, which would be lost"


def _no_numbers(weights: Any) -> str:
    try:
        array = np.asarray(weights)
        if array.dtype.kind == "O" and all(isinstance(item, Real) for item in array.flat):
            array = array.astype(np.float64)
    except Exception:  # whatever the code of others raises
        return f"a {type(weights).__name__}"
    if array.dtype.kind == "c":
        return "complex numbers"
    if array.dtype.kind in "US":
        return "text"
    return "" if array.dtype.kind in "biuf" else f"a {type(weights).__name__}"
