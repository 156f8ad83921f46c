"""What a whole run records of the question: the baseline's side, the contrastive question, and what limits flip."""

import pytest
from tiny_run import EXPLAINERS

from veracity_bench.fixtures.explanations.references import EXACT, REFERENCES

APPLICABLE = set(EXPLAINERS) - {"grad-cam"}  # the toy holds no convolution
PLACE = ["attack", "direction", "song", "case", "k"]


def values(records, metric, explainer):
    chosen = records[(records["metric"] == metric) & (records["explainer"] == explainer)]
    return chosen.set_index(PLACE)["value"].sort_index()


def test_every_case_has_the_margin_of_its_baseline(records):
    """Quiet excerpts are quiet throughout, but for two segments that the attack changes, and loud ones are loud.

    So their mean is predicted as they were, and lies on the origin's side.
    """
    margins = values(records, "baseline_margin", "")
    assert len(margins) == 8
    assert margins.max() < -1


def test_every_explainer_answers_the_contrastive_question(records):
    contrastive = records[records["metric"] == "contrastive_flip"]
    assert contrastive.groupby("explainer").size().to_dict() == dict.fromkeys(APPLICABLE | set(REFERENCES), 8 * 20)
    for metric in ("contrastive_distance", "contrastive_correlation"):
        assert (records["metric"] == metric).sum() == 8 * len(APPLICABLE | set(REFERENCES))


@pytest.mark.parametrize("name", sorted(EXACT))
def test_exact_methods_flip_as_the_oracle_does_when_they_are_asked_what_changed(records, name):
    """The toy is linear in the two segments that are perturbed: no set of k segments does more than the best two."""
    oracle = values(records, "flip", "oracle")
    assert (values(records, "contrastive_flip", name) == oracle).all()
    assert values(records, "contrastive_correlation", name).min() > 0.99
    assert set(values(records, "contrastive_found", name).xs(1, level="k")) <= {1}


def test_the_exact_values_of_insertion_are_at_no_distance_from_themselves(records):
    for name in ("shapley-insertion", "shapley-masking"):
        assert values(records, "contrastive_distance", name).max() < 1e-5


def test_flips_of_limits(records):
    """Saliency samples nothing, and what kernel-shap estimates are the Shapley values of masking."""
    limits = records[records["metric"] == "limit_flip"]
    assert limits.groupby("explainer").size().to_dict() == dict.fromkeys(APPLICABLE, 8 * 20)
    for explainer, row in {"saliency": "saliency", "kernel-shap": "shapley-masking", "lime": "exact-lime"}.items():
        assert (values(records, "limit_flip", explainer) == values(records, "flip", row)).all()


def test_the_board_has_a_section_for_each_of_them(run):
    board = (run[1] / "report" / "leaderboard.md").read_text(encoding="utf-8")
    for title in ("Where is it lost?", "On whose side is the baseline?", "The contrastive question"):
        assert f"## {title}\n" in board
    assert (run[1] / "report" / "figures" / "gap.svg").exists()
