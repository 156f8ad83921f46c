import torch
import toys
from threadpoolctl import threadpool_limits

from veracity_bench.models.threads import compute_on_one_thread


def test_torch_numpy_and_scipy_compute_on_one_thread_from_here_on():
    torch.set_num_threads(2)
    threadpool_limits(2, user_api="blas")
    compute_on_one_thread()
    assert (torch.get_num_threads(), toys.blas_threads()) == (1, 1)
