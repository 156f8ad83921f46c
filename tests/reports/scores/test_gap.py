import pytest
from boards import curve, row

from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.scores.gap import gaps

TO_SING, TO_NOSING = "nosing_to_sing", "sing_to_nosing"
# The mean flips of a case are tenths: of the oracle, of both Shapley values, of the limit, of the explainer.
FIRST, SECOND = (10, 9, 5, 6, 2), (8, 8, 8, 8, 8)


def case(tenths, name="lime", limit=True, **coordinates):
    """Flip at so many of ten k."""
    oracle, insertion, masking, of_limit, own = tenths
    rows = {"oracle": oracle, "shapley-insertion": insertion, "shapley-masking": masking, name: own}
    flips = [line for who, flips in rows.items() for line in curve(who, steps(flips), **coordinates)]
    known = enumerate(steps(of_limit), 1) if limit else ()
    return [*flips, *(row("limit_flip", flip, k, explainer=name, experiment="gap", **coordinates) for k, flip in known)]


def steps(tenths):
    return [k < tenths for k in range(10)]


def points(gap, *names):
    return [gap.term(name).value for name in names or (*gap.terms, "gap", "flip")]


def test_the_terms_of_a_case_by_hand():
    (gap,) = gaps(table(case(FIRST))).values()
    assert gap.terms == ["sets", "reference", "rule", "estimation"]
    assert points(gap) == pytest.approx([0.1, 0.4, -0.1, 0.4, 0.8, 0.2])


def test_terms_are_means_over_cases_and_add_up_to_the_gap():
    """Twice in song a, once in song b, where nothing is lost: of two songs the interval is all that a term can be."""
    rows = [*case(FIRST), *case(FIRST, case=1), *case(SECOND, song="b")]
    gap = gaps(table(rows))["lime"]
    assert points(gap) == pytest.approx([0.2 / 3, 0.8 / 3, -0.2 / 3, 0.8 / 3, 1.6 / 3, 1.2 / 3])
    assert sum(points(gap, *gap.terms)) == pytest.approx(*points(gap, "gap"))
    assert gap.term("reference").interval == (-1, 1)


def test_directions_are_split():
    rows = [*case(FIRST), *case(SECOND, condition=(1, 1))]
    gap = gaps(table(rows))["lime"]
    assert points(gap.of(TO_SING), "gap") == pytest.approx([0.8])
    assert points(gap.of(TO_NOSING), "gap") == [0]
    assert gap.of(TO_NOSING).term("gap").songs == 1


def test_without_a_limit_rule_and_estimation_are_one():
    gap = gaps(table(case(FIRST, "toys:mine", limit=False)))["toys:mine"]
    assert gap.terms == ["sets", "reference", "rule"]
    assert points(gap) == pytest.approx([0.1, 0.4, 0.3, 0.8, 0.2])


def test_only_cases_count_that_all_rows_have():
    """Another excerpt has no oracle, a third no limit."""
    lonely = [*curve("lime", steps(0), case=1), *case(SECOND, limit=False, case=2)]
    gap = gaps(table([*case(FIRST), *lonely]))["lime"]
    assert len(gap.losses) == 1
    assert points(gap, "gap") == pytest.approx([0.8])


def test_references_have_no_gap_and_without_them_nobody_has():
    assert list(gaps(table([*case(FIRST), *curve("delta-norm", steps(3))]))) == ["lime"]
    assert gaps(table([*curve("lime", steps(3)), *curve("oracle", steps(9))])) == {}
    assert gaps(table(curve("lime", steps(3), case=1) + case(FIRST, "rise")))["rise"]
