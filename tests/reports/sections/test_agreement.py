import numpy as np
import pytest
from boards import cells, flips, section, weights
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import spearmanr

from veracity_bench.reports.leaderboard import render
from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.sections import agreement


def matrix(rows):
    return agreement.matrix(table(rows))


def similar(rows):
    return cells(section(render(table(rows), {}), "Agreement between explainers"))


@pytest.mark.parametrize(
    ("other", "correlation"),
    [
        ([0.1, 0.2, 5, 90], 1),  # the same ranking
        ([4, 3, 2, 1], -1),  # the opposite one
        ([2, 1, 3, 4], 0.8),  # 1 - 6 * 2 / (4 * 15)
        ([7, 7, 7, 7], 0),  # ranks nothing
        ([1, 1, 2, 2], 2 / 5**0.5),  # ties share their rank: 4 / sqrt(5 * 4)
    ],
)
def test_two_rankings_by_hand(other, correlation):
    found = matrix([*weights("lime", [1, 2, 3, 4]), *weights("rise", other)])
    assert found.loc["lime", "rise"] == pytest.approx(correlation)


def test_cases_count_alike_and_only_those_that_both_explained():
    """1 in one case, -1 in another, 0 in a third, where nothing is ranked; not in the fourth, that rise failed on."""
    rows = [
        *(line for case in range(4) for line in weights("lime", [1, 2, 3], case=case)),
        *(line for case, w in enumerate(([1, 2, 3], [3, 2, 1], [0, 0, 0])) for line in weights("rise", w, case=case)),
        *weights("rise", [2, 4, 6], song="b"),
    ]
    assert matrix(rows).loc["lime", "rise"] == pytest.approx(0)
    rows += weights("lime", [1, 2, 3], song="b")
    assert matrix(rows).loc["lime", "rise"] == pytest.approx(1 / 4)


def test_those_without_a_common_case_are_not_compared():
    found = matrix([*weights("lime", [1, 2]), *weights("rise", [1, 2], case=1)])
    assert np.isnan(found.loc["lime", "rise"])
    assert np.isnan(found.loc["rise", "lime"])


@given(st.tuples(*[st.integers(2, 4)] * 3).flatmap(lambda shape: arrays(float, shape, elements=st.integers(-2, 2))))
def test_agreement_is_symmetric_with_itself_one_and_spearmans(values):
    rows = [
        line
        for explainer, cases in enumerate(values)
        for case, case_weights in enumerate(cases)
        for line in weights(str(explainer), case_weights, case=case)
    ]
    found = matrix(rows)
    np.testing.assert_array_equal(np.diag(found), 1)
    np.testing.assert_allclose(found, found.T, atol=1e-12)
    pairs = [(a, b) for a, b in zip(values[0], values[1], strict=True) if np.ptp(a) and np.ptp(b)]
    expected = sum(spearmanr(a, b).statistic for a, b in pairs) / values.shape[1]
    assert found.loc["0", "1"] == pytest.approx(expected)


def test_each_row_has_its_references_and_its_next_of_kin():
    rows = [
        *weights("delta-norm", [1, 2, 3, 4]),
        *weights("shapley-masking", [4, 3, 2, 1]),
        *weights("lime", [4, 3, 1, 2]),
        *weights("rise", [3, 4, 2, 1]),
        *weights("lrp", [7, 7, 7, 7]),
    ]
    assert similar(rows) == {
        "explainer": ["*delta-norm*", "*shapley-masking*", "most similar explainer", "correlation"],
        "*delta-norm*": ["-", "-1.00", "lrp", "0.00"],
        "lime": ["-0.80", "0.80", "rise", "0.60"],
        "lrp": ["0.00", "0.00", "lime", "0.00"],
        "rise": ["-0.80", "0.80", "lime", "0.60"],
        "*shapley-masking*": ["-1.00", "-", "lime", "0.80"],
    }


def test_without_references_explainers_are_compared_all_the_same():
    found = similar([*weights("lime", [1, 2]), *weights("rise", [2, 1])])
    assert found["explainer"] == ["most similar explainer", "correlation"]
    assert found["lime"] == ["rise", "-1.00"]


def test_one_explainer_beside_references_has_no_next_of_kin():
    found = similar([*weights("lime", [1, 2]), *weights("delta-norm", [1, 2])])
    assert found["lime"] == ["1.00", "-", "-"]
    assert found["*delta-norm*"] == ["-", "lime", "1.00"]


@pytest.mark.parametrize("rows", [flips("lime", 3), weights("lime", [1, 2])])
def test_with_nothing_to_compare_there_is_neither_section_nor_figure(rows):
    assert "agree" not in render(table(rows), {}).split("## How to read")[0]
    assert "figures/" not in render(table(rows), {})
