import pytest
from boards import curve, failure, weights

from veracity_bench.reports.layout.material import choice, default_choice
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.records import table

BEST_FIRST = (
    "oracle",
    "rise",
    "occlusion",
    "delta-norm",
    "lime",
    "saliency",
    "grad-cam",
    "kernel-shap",
    "lrp",
    "random",
)
ROWS = [line for place, name in enumerate(BEST_FIRST) for line in curve(name, [1 - place / 10])]


def test_a_few_that_differ_are_chosen_the_best_fill_up_and_references_never():
    assert default_choice(table(ROWS)) == ["rise", "occlusion", "lime", "saliency", "kernel-shap"]
    others = [line for line in ROWS if line["explainer"] not in ("occlusion", "lime", "saliency", "kernel-shap")]
    assert default_choice(table(others)) == ["rise", "grad-cam", "lrp"]


def test_who_only_failed_is_not_chosen():
    assert default_choice(table([*weights("rise", [1, 2]), failure("lime", "no")])) == ["rise"]


def test_nothing_is_chosen_of_nothing():
    assert default_choice(table([])) == []


def test_any_row_can_be_chosen_but_for_the_bounds_in_the_order_of_the_board():
    assert choice(table(ROWS), ["lrp", "delta-norm", "rise"]) == ["rise", "delta-norm", "lrp"]
    for bound in ("oracle", "random"):
        with pytest.raises(RecordsError, match=f"no explainer '{bound}'; they have rise, occlusion, delta-norm"):
            choice(table(ROWS), ["rise", bound])
    with pytest.raises(RecordsError, match="no explainer 'rise'; they have none"):
        choice(table([]), ["rise"])
