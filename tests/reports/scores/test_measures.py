from functools import partial

import pytest
from boards import curve, drawn, row

from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.scores import board_rows, measured_cases


def test_an_explainer_that_failed_stands_below_those_that_did_not():
    """Its score covers the cases that it could answer, which may have been the easy ones."""
    place = {"experiment": "flip_at_k", "attack": "waveform", "direction": "nosing_to_sing", "song": "a", "case": 0}
    rows = [{**place, "explainer": "whole", "metric": "flip", "k": k, "value": 0.0} for k in range(1, 21)]
    rows += [{**place, "explainer": "partly", "metric": "flip", "k": k, "value": 1.0} for k in range(1, 21)]
    rows += [{**place, "explainer": "partly", "case": 1, "metric": "failed", "value": 1.0, "reason": "boom"}]
    assert list(board_rows.by_explainer(table(rows))) == ["whole", "partly"]


@pytest.mark.parametrize("n", [1, 8, 20])
def test_flips_tell_how_many_segments_there_are(n):
    assert board_rows.n_segments(table([*curve("lime", [1] * n), row("flip_positive", 1, 20)])) == n


@pytest.mark.parametrize("measure", [partial(row, "weight"), partial(drawn, "drawn_weight")])
def test_so_do_weights(measure):
    assert board_rows.n_segments(table([measure(0.5, k) for k in range(8)])) == 8


def test_without_either_there_may_be_as_many_segments_as_records_admit():
    assert board_rows.n_segments(table([row("found", 1, 1)])) == 20


def test_drawings_and_confined_attacks_are_no_adversarial_excerpts():
    rows = [
        *curve("lime", [0, 1]),
        drawn("touched", 1, 3, case=7),
        row("confined_found", 1, 1, case=8, experiment="localisation"),
        {"experiment": "detector", "metric": "error", "variant": "seed 0", "value": 0.1},
    ]
    assert measured_cases.count_cases(table(rows)) == 1
    assert measured_cases.cases(table(rows))["case"].tolist() == [0]


def test_drawings_have_a_place_of_their_own():
    elsewhere = row("slots", 1, experiment="attack", case=-1, song="b")
    assert measured_cases.places(table([row("flip", 1, 3), drawn("touched", 1, 3), elsewhere])) == [
        ("drawing", "nosing_to_sing", "a"),
        ("waveform", "nosing_to_sing", "a"),
    ]
