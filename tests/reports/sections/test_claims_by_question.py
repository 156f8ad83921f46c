from boards import cells, curve, material, row

from veracity_bench.reports.scores.contrastive_records import as_usual
from veracity_bench.reports.sections.claims_by_question import by_question

SONGS = "abcdefgh"


def flips(name, at_3, metric="flip"):
    """Flip with 3 segments or not, in every song."""
    return [{**flip, "metric": metric} for song in SONGS for flip in curve(name, [0, 0, at_3], song=song)]


ROWS = [
    *flips("delta-norm", 0),
    *flips("follows", 0),
    *flips("follows", 1, "contrastive_flip"),
    *flips("does not", 0),
    *flips("does not", 0, "contrastive_flip"),
]


def test_a_claim_may_be_about_the_question():
    together = by_question(material(ROWS)).split("###")[0]
    rows = cells(together)
    assert rows["explainer"][:2] == ["table 1, baseline", "table 1, original"]
    assert rows["follows"][:2] == ["holds", "does not hold"]
    assert rows["does not"][:2] == ["holds", "holds"]
    assert "delta-norm" not in rows


def test_each_direction_has_a_table_of_its_own():
    assert "### no sing to sing" in by_question(material(ROWS))
    assert "### sing to no sing" not in by_question(material(ROWS))  # no excerpt


def test_without_the_contrastive_question_there_is_nothing_to_show():
    assert by_question(material(flips("lime", 1))) == "-"


def test_references_and_facts_keep_their_records():
    rows = [row("flip", 1, 1, explainer="oracle"), row("iterations", 5, explainer=""), row("flip", 0, 1)]
    records = material([*rows, row("contrastive_flip", 1, 1)]).records
    kept = as_usual(records).groupby(["explainer", "metric"])["value"].sum().to_dict()
    assert kept == {("oracle", "flip"): 1, ("", "iterations"): 5, ("lime", "flip"): 1}
