import pandas as pd

from veracity_bench.reports.final_report import admitted
from veracity_bench.reports.measurements.records import table

PLACE = {
    "experiment": "flip_at_k",
    "explainer": "lime",
    "attack": "waveform",
    "direction": "nosing_to_sing",
    "song": "a",
}


def test_a_row_that_breaks_the_schema_becomes_a_failure_and_leaves_the_others():
    rows = table({**PLACE, "case": case, "metric": "flip", "k": 1, "value": 1.0} for case in range(9))
    broken = rows.assign(value=rows["value"].where(rows["case"] != 4, 2.0), k=rows["k"].where(rows["case"] != 7, 99))
    found = admitted(broken)
    failures = found[found["metric"] == "failed"]
    assert len(found) == 9
    assert found.loc[found["metric"] == "flip", "case"].tolist() == [0, 1, 2, 3, 5, 6, 8]
    reasons = sorted(failures["reason"])
    assert len(reasons) == 2
    assert reasons[0].startswith("lime: A record breaks the schema, flip must be 0..1")
    assert reasons[1].startswith("lime: A record breaks the schema, k must be in 0..20")


def test_rows_that_are_right_stay_as_they_are():
    rows = table([{**PLACE, "case": 0, "metric": "flip", "k": 1, "value": 1.0}])
    pd.testing.assert_frame_equal(admitted(rows), rows)
