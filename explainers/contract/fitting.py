"""What an explainer may learn of training songs before it is first called: its `fit`, and what that may return.

    fit(classifier, songs, rng) -> a mapping of names to arrays, which the explainer finds in `instance.fitted`

`fit` is a method of an explainer, or an attribute of a function, and known by the names of its three parameters: what
other methods of this name do is their own affair.
"""

import hashlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from veracity_bench.explainers.contract.instance import ContractError
from veracity_bench.explainers.contract.registry import description, hash_of_file

Waveform = NDArray[np.float32]
Product = dict[str, NDArray[Any]]
Fit = Callable[..., Mapping[str, Any]]

PARAMETERS = ["classifier", "songs", "rng"]
KINDS = {"f": np.float32, "i": np.int64, "u": np.int64, "b": np.int64}  # what arrays of these kinds are kept as
MAX_PRODUCT = 64 * 2**20  # bytes of all arrays
MAX_ARRAYS, MAX_NAME = 256, 100


class TrainingSongs(Sequence[Waveform]):
    """Whole songs, mono float32 (samples,) at the classifier's rate, each decoded anew whenever it is taken."""

    def __init__(self, count: int, read: Callable[[int], Waveform]) -> None:
        self._count, self._read = count, read

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Waveform: ...

    @overload
    def __getitem__(self, place: slice) -> list[Waveform]: ...

    def __getitem__(self, place: int | slice) -> Waveform | list[Waveform]:
        if isinstance(place, slice):
            return [self._read(i) for i in range(self._count)[place]]
        return self._read(range(self._count)[place])


def fit_of(explainer: object) -> Fit | None:
    """Return the `fit` of an explainer; None where it has none."""
    fit = getattr(explainer, "fit", None)
    try:
        return fit if callable(fit) and list(inspect.signature(fit).parameters) == PARAMETERS else None
    except (TypeError, ValueError):  # what Python cannot look into
        return None


def identity(explainer: object) -> str:
    """Return a hash of an explainer's settings and of the file that defines its `fit`; "" where it has none."""
    fit = fit_of(explainer)
    if fit is None:
        return ""
    return hashlib.sha256(f"{description(explainer)} {hash_of_file(fit)}".encode()).hexdigest()


def checked_product(name: str, product: object) -> Product:
    """Return what `fit` of the explainer of that name gave as arrays of float32 and int64, finite or not.

    Raises ContractError, naming the explainer, for anything but a mapping of short names to such arrays, 64 MB at most.
    """
    if not isinstance(product, Mapping):
        raise ContractError(f"explainer {name} learnt a {type(product).__name__}; fit must return a mapping of arrays")
    if len(product) > MAX_ARRAYS:
        raise ContractError(f"explainer {name} learnt {len(product)} arrays; {MAX_ARRAYS} are allowed")
    arrays = {_checked_name(name, key): _array(name, key, value) for key, value in product.items()}
    size = sum(array.nbytes for array in arrays.values())
    if size > MAX_PRODUCT:
        megabytes = f"{size / 2**20:.0f} MB; {MAX_PRODUCT // 2**20} MB are allowed"
        raise ContractError(f"explainer {name} learnt arrays of {megabytes}")
    return arrays


def _checked_name(explainer: str, name: object) -> str:
    if not isinstance(name, str) or not name.isidentifier() or len(name) > MAX_NAME or name.startswith("__"):
        problem = (
            f"an array named {name!r:.50}; its name must be one that a variable may have, of {MAX_NAME} characters"
        )
        raise ContractError(f"explainer {explainer} learnt {problem} or less")
    return name


def _array(explainer: str, name: str, value: Any) -> NDArray[Any]:
    try:
        array = np.asarray(value.detach().cpu().numpy() if isinstance(value, Tensor) else value)
    except Exception:  # whatever the code of others raises
        array = np.empty(0, dtype=object)
    if array.dtype.kind not in KINDS:
        raise ContractError(f"explainer {explainer} learnt {name!r}, which is no array of real numbers")
    with np.errstate(all="ignore"):  # what is too large for float32 is infinite there
        return np.ascontiguousarray(array, dtype=KINDS[array.dtype.kind]).reshape(array.shape)
