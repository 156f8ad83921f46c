import numpy as np
import pytest

from veracity_bench.benchmarks.agreement import check_agreement, tolerance

COALITIONS = np.array([0, 5, 1023])


def test_the_tolerance_grows_with_the_logits():
    assert tolerance([0.1, -0.5]) == 1e-4
    assert tolerance([3, -40]) == pytest.approx(4e-3)


def test_what_differs_is_in_the_failure():
    check_agreement("a game", COALITIONS, [1, 2, 3], [1, 2.00009, 3], 1e-4)
    with pytest.raises(pytest.fail.Exception, match=r"logits of coalition 0x3ff of a game differ by 0\.25, .* 0\.0001"):
        check_agreement("a game", COALITIONS, [1, 2, 3], [1, 2.2, 3.25], 1e-4)
