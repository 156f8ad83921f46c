from reports.records import table
from reports.scores import by_explainer


def test_an_explainer_that_failed_stands_below_those_that_did_not():
    """Its score covers the cases that it could answer, which may have been the easy ones."""
    place = {"experiment": "flip_at_k", "attack": "waveform", "direction": "nosing_to_sing", "song": "a", "case": 0}
    rows = [{**place, "explainer": "whole", "metric": "flip", "k": k, "value": 0.0} for k in range(1, 21)]
    rows += [{**place, "explainer": "partly", "metric": "flip", "k": k, "value": 1.0} for k in range(1, 21)]
    rows += [{**place, "explainer": "partly", "case": 1, "metric": "failed", "value": 1.0, "reason": "boom"}]
    assert list(by_explainer(table(rows))) == ["whole", "partly"]
