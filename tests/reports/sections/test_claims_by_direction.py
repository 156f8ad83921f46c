from boards import cells, curve, material, row

from veracity_bench.reports.sections.claims_by_direction import by_direction
from veracity_bench.reports.sections.paper_claims import SECTION

SONGS = "abcdefgh"


def flips(name, at_3, direction):
    return [flip for song in SONGS for flip in curve(name, [0, 0, at_3], song=song, condition=(0, direction))]


ROWS = [*flips("lime", 0, 0), *flips("lime", 1, 1), *flips("other", 1, 0), *flips("other", 1, 1)]


def test_a_claim_may_hold_in_one_direction_alone():
    to_sing, from_sing = by_direction(material(ROWS)).split("### sing to no sing")
    assert {name: own[1] for name, own in cells(to_sing).items() if name != "explainer"} == {
        "lime": "holds",
        "other": "does not hold",
    }
    assert {name: own[1] for name, own in cells(from_sing).items() if name != "explainer"} == dict.fromkeys(
        ("other", "lime"), "does not hold"
    )
    assert list(cells(to_sing)) == list(cells(from_sing))  # the order of the board


def test_limes_claims_are_put_in_words_for_both_directions():
    text = SECTION.body(material(ROWS))
    assert "For lime it is **undecided**: flip@3 (%) 50" in text
    assert "No sing to sing, it **holds**: flip@3 (%) 0" in text
    assert "Sing to no sing, it **does not hold**: flip@3 (%) 100" in text


def test_the_board_states_where_so_few_songs_decide_no_claim():
    few = [record for record in ROWS if record["song"] in "abcdef"]
    assert "the least p that 6 songs can reach is 0.062 after the correction over 2 explainers" in SECTION.body(
        material(few)
    )
    assert "With so few songs" not in SECTION.body(material(ROWS))


def test_without_claims_there_is_nothing_to_show():
    assert by_direction(material([row("queries", 1)])) == "-"
