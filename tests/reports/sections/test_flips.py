from boards import cells, curve, row

from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.sections import flips


def test_the_papers_tables_stand_below_lime():
    rows = [
        *(flip for name in ("lime", "shap", "delta-norm") for flip in curve(name, [1] * 20)),
        *(
            row(metric, 1, 9, explainer=name)
            for metric in ("flip_positive", "flip_positive_norm")
            for name in ("lime", "shap")
        ),
    ]
    records = table(rows)
    tables = {shows.__name__: cells(shows(records)) for shows in (flips.at_3, flips.positive, flips.controlled)}
    assert {name: shown["lime, paper"] for name, shown in tables.items()} == {
        "at_3": ["53", "21", "41", "32"],
        "positive": ["86", "49", "91", "44"],
        "controlled": ["99", "74", "98", "55"],
    }
    assert list(tables["at_3"])[1:] == ["*delta-norm*", "lime", "lime, paper", "shap"]


def test_the_papers_curves_stand_below_lime_and_delta_norm():
    rows = [flip for name in ("lime", "delta-norm") for flip in curve(name, [0] * 19 + [1])]
    shown = cells(flips.curves(table(rows)))
    assert list(shown) == ["k", "*delta-norm*", "*delta-norm*, paper", "lime", "lime, paper"]
    assert shown["lime, paper"][:3] == ["17", "35", "53"]
    assert shown["*delta-norm*, paper"][:3] == ["20", "45", "64"]


def test_curves_over_other_numbers_of_segments_have_no_paper_beside():
    assert list(cells(flips.curves(table(curve("lime", [0, 1]))))) == ["k", "lime"]


def test_without_lime_there_is_no_paper():
    assert list(cells(flips.at_3(table(curve("shap", [1, 1, 1]))))) == ["explainer", "shap"]
