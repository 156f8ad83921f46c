from types import SimpleNamespace

import pandas as pd
import pytest
from boards import row

from veracity_bench.reports.measurements import metrics
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.metrics import (
    NO_K,
    NUMBERS,
    SHARES,
    UP_TO_K,
    Metric,
    Range,
    catalogue,
    check_records,
    check_row,
)


def test_the_catalogue_is_that_of_all_sections():
    assert {"flip", "found", "confined_unfilled", "drawings_slots", "error", "failed"} <= set(catalogue())
    assert all(metric.name == name and metric.text for name, metric in catalogue().items())


@pytest.fixture
def other_catalogue(monkeypatch):
    """Declare other sections, by their metrics."""
    metrics.catalogue.cache_clear()

    def declare(*sections):
        order = SimpleNamespace(sections=lambda: [SimpleNamespace(metrics=section) for section in sections])
        monkeypatch.setattr(metrics, "import_module", lambda name: order)

    yield declare
    metrics.catalogue.cache_clear()


def test_two_sections_cannot_declare_the_same_name(other_catalogue):
    metric = Metric("flip", NO_K, SHARES, "", "")
    other_catalogue((metric,), (metric,))
    with pytest.raises(ValueError, match="Two sections declare the metric 'flip'"):
        catalogue()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"metric": "flipp"}, "There is no metric 'flipp'; the sections of the board declare"),
        ({"value": 1.01}, r"flip must be 0\.\.1"),
        ({"value": -0.1}, r"flip must be 0\.\.1"),
        ({"k": 0}, r"the k of flip must be 1\.\.n, every k"),
        ({"metric": "found", "k": 2}, "the k of found must be 1, 3, 5"),
        ({"metric": "found", "k": 1, "value": 2}, r"found must be 0\.\.k"),
        ({"metric": "seconds", "k": 0, "value": -1}, "seconds must be >= 0"),
        ({"metric": "failed", "k": 0, "value": 2}, "failed must be 1"),
        ({"metric": "shuffled_correlation", "k": 3}, "the k of shuffled_correlation must be 0"),
    ],
)
def test_what_no_section_declares_is_refused_in_one_sentence(change, rule):
    wrong = {**row("flip", 1, 3), **change}
    for check, records in ((check_row, wrong), (check_records, pd.DataFrame([row("flip", 1, 3), wrong]))):
        with pytest.raises(RecordsError, match=rule) as error:
            check(records)
        assert "\n" not in str(error.value)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_value_that_is_no_number_is_left_to_the_report(value):
    check_row(row("flip", value, 3))
    with pytest.raises(RecordsError, match="no metric"):
        check_row(row("flipp", value, 3))


def test_rounding_is_forgiven():
    check_row(row("fidelity", 1 + 1e-9))
    check_row(row("found", 5 + 1e-9, 5))


@pytest.mark.parametrize(
    ("values", "words"),
    [(NUMBERS, "any number"), (SHARES, "0..1"), (UP_TO_K, "0..k"), (Range(1), ">= 1"), (Range(1, 1), "1")],
)
def test_ranges_in_words(values, words):
    assert str(values) == words
