import pytest
from boards import cells, curve, flips, row, section

from veracity_bench.reports import parts
from veracity_bench.reports.leaderboard import render
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.records import table

RECORDS = [
    *flips("lime", 3),
    *flips("lime", 11, song="b"),
    *[line for song in "ab" for line in [*curve("oracle", 20 * [1], song=song), *curve("random", 20 * [0], song=song)]],
    row("fidelity", 0.5),
    row("found", 1, 3),
    row("flip", 1, 3, condition=(1, 1)),
]
MANIFEST = {"measured": {"corpus": "toys", "scale": "smoke", "samples per explanation": 64}}


def show(part, records=RECORDS):
    return parts.PARTS[part](table(records), MANIFEST)


def test_the_board_is_in_its_order_with_references_in_italics():
    rows = cells(show("board"))
    assert rows.pop("explainer") == ["mean flip", "normalised", "flip@3", "flip@positive", "loc@3", "loc@5", "fidelity"]
    assert list(rows) == ["*oracle*", "lime", "*random*"]
    assert rows["lime"][2:] == ["75 [0, 100]", "-", "33", "-", "0.50"]
    assert rows["*oracle*"][1] == "100 [100, 100]"


def test_the_opening_shows_the_best_and_lime_between_the_references_that_frame_them():
    others = [line for i, name in enumerate("uvwxyz") for line in flips(name, i + 1)]
    frame = [*flips("delta-norm", 2), *flips("exact-lime", 2), *curve("oracle", 20 * [1]), *curve("random", 20 * [0])]
    text = show("opening", [*flips("lime", 15), *others, *frame])
    assert list(cells(text))[1:] == ["*oracle*", "u", "*delta-norm*", "v", "w", "x", "y", "lime", "*random*"]
    assert "Measured on toys (scale: smoke)" in text


def test_lime_stands_beside_the_paper_in_each_condition():
    rows = cells(show("lime-by-condition"))
    assert rows == {
        "flip@3 of LIME": ["here", "paper"],
        "waveform, no sing to sing": ["50 [0, 100]", "53"],
        "waveform, sing to no sing": ["-", "21"],
        "spectrogram, no sing to sing": ["-", "41"],
        "spectrogram, sing to no sing": ["100", "32"],
    }


def test_the_paper_has_no_number_beside_other_classes():
    rows = cells(show("lime-by-condition", [{**row("flip", 1, 3), "direction": "dog_to_cat"}]))
    assert rows["waveform, dog to cat"] == ["100", "-"]


def test_a_sentence_says_on_what():
    counts = "2 songs, 3 adversarial excerpts (2 no sing to sing, 1 sing to no sing)"
    sentence = f"Measured on toys (scale: smoke): {counts}, 64 samples per explanation."
    assert show("measured") == sentence
    heard = {**MANIFEST, "detector": {"test": {"error": 0.2034}}, "options": {"updates": 6000}}
    says = "The detector, trained by 6,000 updates, errs in 20.3 % of the test frames."
    assert parts.measured(table(RECORDS), heard).endswith(says)


def test_a_scale_that_was_changed_is_shown_by_its_figures():
    changed = {"scale": "quick, changed", "cases": 10, "iterations": 1000}
    about = {"measured": {**MANIFEST["measured"], "scale": changed["scale"]}, "options": changed}
    sentence = parts.measured(table(RECORDS), about)
    assert "Measured on toys (scale: quick, changed, cases 10, iterations 1000): 2 songs" in sentence


def test_excerpts_are_counted_in_a_run_without_flips():
    records = table([row("fidelity", 0.5, song=song, case=case) for song, case in [("a", 0), ("a", 1), ("b", 0)]])
    assert "2 songs, 3 adversarial excerpts" in parts.measured(records, MANIFEST)


def test_fidelity_is_shown_as_on_the_board():
    records = [*RECORDS, row("fidelity", 0.5, 1), row("found", 1, 1)]
    body = show("fidelity", records)
    assert "| lime" in body
    assert body in section(render(table(records), MANIFEST), "Fidelity of right and wrong explanations")


def test_claims_are_those_of_the_board():
    body = section(render(table(RECORDS), MANIFEST), "The paper's claims here")
    assert show("claims") == body


def test_the_finding_counts_whom_the_size_of_the_perturbation_beats_under_both_questions():
    smallest = {"lime": (11, 2), "saliency": (11, 11)}  # with the run's baseline, and with the original
    records = [
        line
        for song in "abcdefghij"
        for name, (usual, original) in smallest.items()
        for line in [
            *flips(name, usual, song=song),
            *[
                row("contrastive_flip", k >= original, k, explainer=name, song=song, experiment="contrastive")
                for k in range(1, 21)
            ],
        ]
    ]
    size = [line for song in "abcdefghij" for line in flips("delta-norm", 6, song=song)]
    stray = row("contrastive_found", 1, 1, explainer="deep-lift", experiment="contrastive")  # who has no flips
    sentence = parts.finding(table([*records, *size, stray]), MANIFEST)
    assert "2 of 2 explainers flip fewer" in sentence
    assert sentence.endswith(
        "1 of 2 flip more than it, 0 cannot be told from it, and 1 are behind it under both questions: saliency."
    )


def test_a_run_without_the_contrastive_question_has_no_finding():
    with pytest.raises(RecordsError, match="contrastive question"):
        parts.finding(table(RECORDS), MANIFEST)


def test_conclusions_are_shown_for_lime_part_by_part_and_counted():
    """LIME flips later than the size of the perturbation, and never with 3 segments; another flips with the first."""
    songs = "abcdefghijklmnop"
    records = [
        line
        for song in songs
        for condition in ((0, 0), (1, 1))
        for name, smallest in (("lime", 15), ("delta-norm", 5), ("best", 1))
        for line in flips(name, smallest, song=song, condition=condition)
    ]
    rows = cells(show("conclusions", records))
    holds = ["holds"] * 5
    assert rows["Table 1: The 3 top segments flip only a minority of the excerpts"] == [
        *holds,
        "holds",
        "holds 1, does not hold 1, open 0",
    ]
    (figure_2,) = [row for name, row in rows.items() if name.startswith("Figure 2")]
    assert figure_2 == [*holds, "holds", "holds 1, does not hold 1, open 0"]
    (figure_4,) = [row for name, row in rows.items() if name.startswith("Figure 4")]
    assert figure_4 == ["-"] * 6 + ["holds 0, does not hold 0, open 2"]
