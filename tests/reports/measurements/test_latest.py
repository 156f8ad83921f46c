import numpy as np
import pytest

from veracity_bench.reports.measurements import latest as module
from veracity_bench.reports.measurements.columns import COLUMNS, DEFAULTS
from veracity_bench.reports.measurements.latest import latest
from veracity_bench.reports.measurements.packed_rows import PackedRows
from veracity_bench.reports.measurements.records import unpacked


def drawn(seed, n=400):
    """Rows that are often about the same thing, of items some of which ran again."""
    draw = np.random.default_rng(seed)
    for _ in range(n):
        metric, reason = draw.choice(["failed", "flip"]), draw.choice(["", "boom", "bang"])
        place = {"song": draw.choice(list("ab")), "k": int(draw.integers(-1, 2)), "metric": metric, "reason": reason}
        yield (
            DEFAULTS
            | {name: str(value) if name != "k" else value for name, value in place.items()}
            | {"value": float(draw.random())}
        )


def by_definition(rows, times, last):
    def about(row):
        left_out = {"value"} if row["metric"] == "failed" else {"value", "reason"}
        return tuple(row[name] for name in COLUMNS if name not in left_out)

    counting = [(row, time) for row, time in zip(rows, times, strict=True) if time in last]
    newest = {}
    for row, time in counting:
        newest[about(row)] = max(time, newest.get(about(row), 0))
    return [row for row, time in counting if newest[about(row)] == time]


@pytest.mark.parametrize("largest", [module.LARGEST, 50])
@pytest.mark.parametrize("seed", range(3))
def test_the_last_measurement_of_a_number_counts(seed, largest, monkeypatch):
    monkeypatch.setattr(module, "LARGEST", largest)  # a small one, as if there were too many coordinates to number
    rows, times = list(drawn(seed)), sorted(np.random.default_rng(seed).integers(0, 9, 400).tolist())
    packed = PackedRows()
    for row in rows:
        packed.add(row)
    last = {0, 2, 3, 7, 8}
    found = latest(unpacked(packed), times, last).to_dict("records")
    assert found == by_definition(rows, times, last)
    assert 0 < len(found) < 400


def test_of_no_rows_none_counts():
    assert latest(unpacked(PackedRows()), [], []).empty
