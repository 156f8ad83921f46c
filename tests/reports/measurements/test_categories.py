import pandas as pd

from veracity_bench.reports.measurements.categories import TEXTS, joined
from veracity_bench.reports.measurements.records import canonical, read_run, table, write_run

ROW = {"experiment": "flip_at_k", "attack": "waveform", "direction": "a_to_b", "metric": "flip", "k": 1, "value": 1.0}


def tables():
    return [table({**ROW, "explainer": name, "song": song} for song in "ab") for name in ("lime", "grad-cam")]


def test_tables_of_other_words_stay_categorical_when_they_are_joined():
    both = joined(tables())
    assert all(isinstance(both[name].dtype, pd.CategoricalDtype) for name in TEXTS)
    assert both[["explainer", "song"]].to_numpy().tolist() == [[n, s] for n in ("lime", "grad-cam") for s in "ab"]
    expected = table({**ROW, "explainer": name, "song": song} for song in "ab" for name in ("lime", "grad-cam"))
    pd.testing.assert_frame_equal(canonical(both), expected)


def test_a_table_without_rows_joins_any_other(tmp_path):
    """As a process that has measured nothing itself has one."""
    some, _ = tables()
    write_run(tmp_path, table([]), {})
    for empty in (table([]), some.iloc[:0], read_run(tmp_path)[0]):
        pd.testing.assert_frame_equal(canonical(joined([empty, some, empty])), some)
        assert joined([empty, empty]).empty
