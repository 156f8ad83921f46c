import numpy as np
from given_games import of_table
from scipy.special import expit

from veracity_bench.explainers.leave_one_in import LeaveOneIn
from veracity_bench.models.games.segments import Grid

TABLE = [1.0, 3, 6, 0, 0, 7, 7, 7]  # none: 1, only segment 0: 3, only 1: 6, only 2: 0
THREE = Grid(time=3, frequency=1)


def test_logits_by_hand():
    np.testing.assert_array_equal(LeaveOneIn(output="logit")(of_table(TABLE, THREE), None), [2, 5, -1])


def test_probabilities_by_hand():
    expected = expit([3, 6, 0]) - expit(1)
    np.testing.assert_allclose(LeaveOneIn()(of_table(TABLE, THREE), None), expected)


def test_repr():
    assert repr(LeaveOneIn()) == "LeaveOneIn(output='probability')"
