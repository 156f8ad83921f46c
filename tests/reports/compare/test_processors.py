import pandas as pd
import pytest
from boards import curve

from veracity_bench.reports.compare.changes import report
from veracity_bench.reports.compare.comparable import obstacle
from veracity_bench.reports.compare.processors import processors
from veracity_bench.reports.measurements.records import table

OLD, NEW = ({"processor": {"torch": torch, "numpy": "X86_V3"}} for torch in ("AVX2", "AVX512"))


@pytest.mark.parametrize(("old", "new"), [(OLD, OLD), ({}, NEW), (OLD, {}), ({"processor": "?"}, NEW)])
def test_nothing_is_said_of_equal_or_unknown_processors(old, new):
    assert processors(old, new) == ""


def test_a_comparison_names_what_differs():
    sentence = processors(OLD, NEW)
    assert "torch: AVX2 before, AVX512 now" in sentence
    assert "numpy" not in sentence
    records = table(curve("lime", [0, 1], song="a"))
    assert sentence in report((records, OLD), (records, NEW))


def test_cases_that_differ_may_be_of_the_processor():
    one, other = (table(curve("lime", [0, 1], song=song)) for song in "ab")
    assert "AVX2 before, AVX512 now" in obstacle((one, OLD), (other, NEW))
    assert "AVX2" not in obstacle((one, OLD), (pd.concat([other]), OLD))
