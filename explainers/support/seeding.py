"""Let libraries that draw from global generators draw from the explainer's own."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch


@contextmanager
def libraries_seeded(rng: np.random.Generator) -> Iterator[None]:
    """Seed the global generators of Python, numpy and torch from `rng`, and afterwards set them back."""
    python, legacy = random.getstate(), np.random.get_state()  # noqa: NPY002 - what shap and lime draw from
    seed = int(rng.integers(2**32))
    try:
        with torch.random.fork_rng():
            random.seed(seed)
            np.random.seed(seed)  # noqa: NPY002
            torch.manual_seed(seed)
            yield
    finally:
        random.setstate(python)
        np.random.set_state(legacy)  # noqa: NPY002
