"""What the studies of a whole run record."""

import pytest
from tiny_run import EXPLAINERS

from veracity_bench.fixtures.explanations.references import REFERENCES


def test_studies_measure_the_first_song(records):
    """Four places of one case each; grad-cam is not applicable."""
    studies = records[records["experiment"].isin(["sanity", "fooling", "stability", "baseline_values"])]
    assert set(studies["song"]) == {"c"}
    applicable = set(EXPLAINERS) - {"grad-cam"}
    for metric, explainers in {
        "shuffled_correlation": applicable | set(REFERENCES),
        "swapped_correlation": applicable | set(REFERENCES),
        "fooled": applicable | {"random"},
        "fooled_correlation": applicable,
    }.items():
        counts = studies[studies["metric"] == metric].groupby("explainer").size()
        assert counts.to_dict() == dict.fromkeys(explainers, 4)
    for metric, explainers in {"reversed_flip": applicable | set(REFERENCES), "content_flip": {"lime"}}.items():
        chosen = studies[studies["metric"] == metric]
        assert set(chosen["explainer"]) == explainers
        counts = chosen.groupby(["explainer", "variant", "direction", "attack"]).size()
        assert set(counts) == {20}


def test_studies_show_what_depends_on_the_detector(records):
    means = records.groupby(["metric", "explainer"])["value"].mean()
    assert means["swapped_correlation"][["lime", "saliency"]].to_numpy() == pytest.approx(-1)
    assert means["swapped_correlation"]["delta-norm"] == means["shuffled_correlation"]["delta-norm"] == 1
    assert abs(means["shuffled_correlation"]["saliency"]) < 0.5
    assert means["fooled"][["lime", "saliency"]].tolist() == [1, 0]
    assert means["fooled"]["random"] == pytest.approx(1 / 20)
    assert means["fooled_correlation"]["saliency"] == pytest.approx(1)
    flips = records[records["k"].between(1, 19)].groupby(["metric", "explainer"])["value"].mean()
    assert flips["reversed_flip"]["delta-norm"] < 0.1
    assert flips["flip"]["delta-norm"] > 0.9
