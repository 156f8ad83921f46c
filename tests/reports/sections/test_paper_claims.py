import pytest
from boards import cells, curve, drawn, row, section

from veracity_bench.reports.leaderboard import render
from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.scores.judgements import judge
from veracity_bench.reports.sections.paper_claims import in_words

PLACES = ["figure 1", "table 1", "figure 2", "table 2", "figure 3", "figure 4"]
SONGS = "abcdefgh"


def verdicts(rows, explainer="lime"):
    judged = judge(table(rows))[explainer]
    return {place: judgement.verdict for place, judgement in zip(PLACES, judged, strict=True)}


def in_songs(make, *values):
    """Records of eight songs, made of four values."""
    return [measured for song, value in zip(SONGS, values * 2, strict=True) for measured in make(song, value)]


def drawings(touched, fidelity):
    """A drawing touches 4 of 20 segments."""
    return [
        measured
        for song, share in zip(SONGS, touched * 2, strict=True)
        for measured in [
            drawn("touched", share, 3, song=song),
            drawn("touched", 0.2, 3, song=song, explainer="random"),
            drawn("drawn_fidelity", fidelity, song=song),
        ]
    ]


def flips_at_3(song, flip):
    return curve("lime", [0, 0, flip], song=song)


def beside_norm(song, gap):
    return [*curve("lime", [0.5], song=song), *curve("delta-norm", [0.5 + gap], song=song)]


def positives(song, gap):
    return [row("flip_positive", 0.5, 9, song=song), row("flip_positive_norm", 0.5 + gap, 9, song=song)]


def found(song, share):
    return [row("found", k * share, k, song=song) for k in (1, 3, 5)]


def fidelities(song, gap):
    """One right and one wrong explanation, whose fidelities differ."""
    return [
        *(row("found", right, 1, song=song, case=right) for right in (0, 1)),
        *(row("fidelity", 0.5 + gap * right, 1, song=song, case=right) for right in (0, 1)),
    ]


def many_fidelities(song, gap):
    """Ten right and ten wrong explanations, the right ones of every other song the larger."""
    sizes = {"a": 0.1, "c": 0.1}
    return [
        measured
        for case in range(20)
        for measured in [
            row("found", case % 2, 1, song=song, case=case),
            row("fidelity", 0.5 + sizes.get(song, 0.0) + gap * (case % 2), 1, song=song, case=case),
        ]
    ]


@pytest.mark.parametrize(
    ("place", "rows", "verdict"),
    [
        ("figure 1", drawings([1, 1, 1, 1], 0.9), "holds"),
        ("figure 1", drawings([1, 1, 1, 1], 0.4), "does not hold"),  # not with high fidelity
        ("figure 1", drawings([1 / 3] * 4, 0.9), "does not hold"),  # (1/3 - 1/5) / (1 - 1/5) = 1/6
        ("figure 1", drawings([0, 1, 1, 1], 0.9), "undecided"),
        ("table 1", in_songs(flips_at_3, 0, 0, 0.25, 0.25), "holds"),
        ("table 1", in_songs(flips_at_3, 1, 1, 0.75, 1), "does not hold"),
        ("table 1", in_songs(flips_at_3, 0, 1, 0, 1), "undecided"),
        ("figure 2", in_songs(beside_norm, 0.1, 0.1, 0.2, 0.1), "holds"),
        ("figure 2", in_songs(beside_norm, -0.1, -0.1, -0.2, -0.1), "does not hold"),
        ("figure 2", in_songs(beside_norm, 0, 0, 0, 0), "undecided"),
        ("table 2", in_songs(positives, 0.5, 0.5, 0.2, 0.5), "holds"),
        ("table 2", in_songs(positives, -0.5, -0.5, -0.2, -0.5), "does not hold"),
        ("table 2", in_songs(positives, -0.5, 0.5, 0, 0), "undecided"),
        ("figure 3", in_songs(found, 0, 0, 1 / 3, 0), "holds"),
        ("figure 3", in_songs(found, 1, 1, 1, 1), "does not hold"),
        ("figure 3", in_songs(found, 0, 1, 0, 1), "undecided"),
        ("figure 4", in_songs(fidelities, 0, 0, 0, 0), "holds"),
        ("figure 4", in_songs(fidelities, 0.1, 0.1, 0.1, 0.1), "does not hold"),
        ("figure 4", in_songs(fidelities, -0.1, -0.1, -0.1, -0.1), "does not hold"),  # tells, the wrong way round
        ("figure 4", in_songs(fidelities, 0.1, -0.1, 0, 0), "too few to decide"),
        ("figure 4", in_songs(many_fidelities, 0.1, -0.1, 0.1, -0.1), "undecided"),
    ],
)
def test_a_claim_by_hand(place, rows, verdict):
    assert verdicts(rows)[place] == verdict


def test_five_songs_decide_nothing():
    rows = [flip for song in SONGS[:5] for flip in curve("lime", [0, 0, 0], song=song)]
    assert verdicts(rows)["table 1"] == "undecided"


def test_what_was_not_measured_is_not_judged():
    rows = in_songs(flips_at_3, 0, 0, 0, 0)
    assert verdicts(rows) == dict.fromkeys(PLACES, "-") | {"table 1": "holds"}


def test_a_drawing_can_fill_no_more_than_the_segments_it_touches():
    """It touches 2 of 20 segments, both found: 2 of the top 3 are all that there can be."""
    rows = [
        *(drawn("touched", 2 / 3, 3, song=song) for song in SONGS),
        *(drawn("touched", 0.1, 3, song=song, explainer="random") for song in SONGS),
        *(drawn("drawn_fidelity", 0.9, song=song) for song in SONGS),
    ]
    assert verdicts(rows)["figure 1"] == "holds"
    assert in_words(judge(table(rows))["lime"][0].evidence[0]) == "drawing found (%) 100 [27, 100]"


def test_the_board_says_it_in_words_and_for_every_explainer():
    rows = [
        *in_songs(flips_at_3, 0, 0, 0.25, 0.25),
        *(flip for song in SONGS for flip in curve("better", [1] * 3, song=song)),
        *(flip for song in SONGS for flip in curve("delta-norm", [1] * 3, song=song)),
    ]
    shown = section(render(table(rows), {}), "The paper's claims here")
    assert "flip@3 is below 50 % over all conditions" in shown
    assert "For lime it **holds**: flip@3 (%) 12 [1, 47]." in shown
    assert "For lime: not measured." in shown
    assert cells(shown) == {
        "explainer": PLACES,
        "better": ["-", "does not hold", "undecided", "-", "-", "-"],
        "lime": ["-", "holds", "holds", "-", "-", "-"],
    }


def test_without_lime_the_claims_are_those_of_the_others():
    shown = section(render(table(curve("other", [0, 0, 0])), {}), "The paper's claims here")
    assert "lime" not in shown.replace("LIME", "")
    assert cells(shown)["other"][1] == "undecided"


def test_a_board_that_touches_no_claim_has_no_such_section():
    assert "claims" not in render(table([row("queries", 1)]), {})
