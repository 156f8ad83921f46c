import pandas as pd

from veracity_bench.reports.final_report import admitted, once
from veracity_bench.reports.measurements.records import check_unique, table

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


def test_a_number_recorded_twice_becomes_a_failure_and_the_first_stands():
    flips = [
        {**PLACE, "case": case, "metric": "flip", "k": 1, "value": value} for case in (0, 1) for value in (0.0, 1.0)
    ]
    found = once(table([*flips, {**PLACE, "explainer": "rise", "case": 0, "metric": "flip", "k": 1, "value": 1.0}]))
    failed = found["metric"] == "failed"
    assert found[~failed][["explainer", "case", "value"]].values.tolist() == [
        ["lime", 0, 0.0],
        ["lime", 1, 0.0],
        ["rise", 0, 1.0],
    ]
    (reason,) = found.loc[failed, "reason"]
    assert reason.startswith("lime: flip was recorded twice, as in {")
    check_unique(found)


def test_records_without_repetition_stay_as_they_are():
    rows = table([{**PLACE, "case": case, "metric": "flip", "k": 1, "value": 1.0} for case in (0, 1)])
    assert once(rows) is rows
