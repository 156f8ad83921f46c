import tracemalloc

import pytest

from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.packed_rows import PackedRows
from veracity_bench.reports.measurements.records import unpacked

ROW = {"experiment": "flip_at_k", "explainer": "lime", "attack": "waveform", "direction": "sing_to_nosing", "song": "é"}
NUMBER = {**ROW, "case": 3, "metric": "flip", "k": 2, "samples": 2**40, "value": -0.1, "variant": "a", "reason": "b"}


def test_rows_come_out_as_they_went_in():
    rows = PackedRows()
    for row in (NUMBER, {"metric": "flip", "value": 1}, {**NUMBER, "song": "lime"}):
        rows.add(row)
    assert len(rows) == 3
    first, sparse, third = unpacked(rows).to_dict("records")
    assert (first, third) == (NUMBER, {**NUMBER, "song": "lime"})
    assert (sparse["value"], sparse["song"], sparse["case"]) == (1.0, "", -1)


@pytest.mark.parametrize(
    "wrong", [{"k": 1.5}, {"k": "1"}, {"value": "1"}, {"song": 1}, {"song": "\udc80"}, {"k": 2**70}, {"value": 10**400}]
)
def test_a_row_of_the_wrong_types_leaves_no_trace(wrong):
    rows = PackedRows()
    rows.add(NUMBER)
    with pytest.raises(RecordsError, match="A record has a value of the wrong type"):
        rows.add({**NUMBER, **wrong})
    assert unpacked(rows).to_dict("records") == [NUMBER]


def test_a_row_takes_fewer_than_a_hundred_bytes():
    rows = PackedRows()
    tracemalloc.start()
    for case in range(10_000):
        rows.add({**NUMBER, "case": case, "song": f"song {case % 7}"})
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 100 * 10_000
