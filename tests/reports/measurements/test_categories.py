import numpy as np
import pandas as pd

from veracity_bench.reports.measurements.categories import TEXTS, categorical, in_order


def test_categories_are_sorted_whatever_order_they_came_in():
    songs = pd.Categorical(["b", "a", "b"], categories=["b", "a"])
    frame = categorical(pd.DataFrame({"song": songs, "metric": ["z", "y", "z"], "value": 1.0}))
    assert [list(frame[name].cat.categories) for name in ("song", "metric")] == [["a", "b"], ["y", "z"]]
    assert list(frame["song"]) == ["b", "a", "b"]
    assert {"song", "metric"} <= set(TEXTS)


def test_the_order_is_that_of_the_words_and_then_of_the_numbers():
    draw = np.random.default_rng(0)
    plain = pd.DataFrame({"song": draw.choice(list("cab"), 50), "k": draw.integers(-2, 3, 50)})
    expected = plain.sort_values(["song", "k"], ignore_index=True)
    once = in_order(categorical(plain), ["song", "k"])
    pd.testing.assert_frame_equal(once.astype({"song": str}), expected.astype({"song": str}))
    pd.testing.assert_frame_equal(in_order(once, ["song", "k"]), once)


def test_no_records_are_in_order():
    assert len(in_order(categorical(pd.DataFrame({"song": [], "k": []})), ["song", "k"])) == 0
