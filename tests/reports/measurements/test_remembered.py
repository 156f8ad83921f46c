import gc
import weakref

import pandas as pd

from veracity_bench.reports.measurements.remembered import remembered


def test_a_fact_is_computed_once_for_each_table_and_goes_with_it():
    asked = []

    @remembered
    def rows(records):
        asked.append(len(records))
        return len(records)

    one, other = pd.DataFrame({"a": [1, 2]}), pd.DataFrame({"a": [1, 2, 3]})
    assert [rows(one), rows(other), rows(one), rows(other)] == [2, 3, 2, 3]
    assert asked == [2, 3]
    gone = weakref.ref(one)
    del one
    gc.collect()
    assert gone() is None
    assert rows(pd.DataFrame({"a": [1]})) == 1, "even where it lies at the address of one that is gone"
