"""How many threads a process computes on."""

import scipy.linalg  # noqa: F401  only libraries that are loaded can be limited, and SciPy has a BLAS of its own
import torch
from threadpoolctl import threadpool_limits


def compute_on_one_thread() -> None:
    """Keep this process on one thread from here on: torch, and the linear algebra of NumPy and SciPy.

    Results must not depend on how many processors a machine has, nor on how many processes share them: sums are
    rounded otherwise when threads share them. And the threads of several workers wait for each other.
    """
    torch.set_num_threads(1)
    threadpool_limits(1, user_api="blas")
