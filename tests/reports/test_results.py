import pytest
from boards import cells, curve, flips, row, section

from veracity_bench.reports import results
from veracity_bench.reports.leaderboard import render
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.records import table, write_run
from veracity_bench.reports.results import main

PUBLISHED = ("reports", "published", "tiny")
RECORDS = [
    *flips("lime", 3),
    *flips("lime", 11, song="b"),
    *[line for song in "ab" for line in [*curve("oracle", 20 * [1], song=song), *curve("random", 20 * [0], song=song)]],
    row("fidelity", 0.5),
    row("found", 1, 3),
    row("flip", 1, 3, condition=(1, 1)),
]
MANIFEST = {"measured": {"corpus": "toys", "scale": "smoke", "samples per explanation": 64}}


@pytest.fixture
def write(tmp_path):
    """A README with this text, beside a published run; returns its path."""

    def write(text):
        write_run(tmp_path.joinpath(*PUBLISHED), table(RECORDS), MANIFEST)
        (tmp_path / "README.md").write_text(text, encoding="utf-8")
        return tmp_path / "README.md"

    return write


def part(name, body=""):
    return f"<!-- results: {name} tiny -->\n{body}<!-- end -->"


def written(file):
    main([str(file)])
    return file.read_text(encoding="utf-8")


def test_the_board_is_in_its_order_with_references_in_italics(write):
    rows = cells(written(write(part("board", "old\n"))))
    assert rows.pop("explainer") == ["mean flip", "normalised", "flip@3", "flip@positive", "loc@3", "loc@5", "fidelity"]
    assert list(rows) == ["*oracle*", "lime", "*random*"]
    assert rows["lime"][2:] == ["75 [0, 100]", "-", "33", "-", "0.50"]
    assert rows["*oracle*"][1] == "100 [100, 100]"


def test_the_opening_shows_the_best_and_lime_between_the_references_that_frame_them(tmp_path):
    others = [line for i, name in enumerate("uvwxyz") for line in flips(name, i + 1)]
    frame = [*flips("delta-norm", 2), *flips("exact-lime", 2), *curve("oracle", 20 * [1]), *curve("random", 20 * [0])]
    write_run(tmp_path.joinpath(*PUBLISHED), table([*flips("lime", 15), *others, *frame]), MANIFEST)
    (tmp_path / "README.md").write_text(part("opening"), encoding="utf-8")
    text = written(tmp_path / "README.md")
    assert list(cells(text))[1:] == ["*oracle*", "u", "*delta-norm*", "v", "w", "x", "y", "lime", "*random*"]
    assert "Measured on toys (scale: smoke)" in text


def test_lime_stands_beside_the_paper_in_each_condition(write):
    rows = cells(written(write(part("lime-by-condition"))))
    assert rows == {
        "flip@3 of LIME": ["here", "paper"],
        "waveform, no sing to sing": ["50 [0, 100]", "53"],
        "waveform, sing to no sing": ["-", "21"],
        "spectrogram, no sing to sing": ["-", "41"],
        "spectrogram, sing to no sing": ["100", "32"],
    }


def test_a_sentence_says_on_what(write):
    counts = "2 songs, 3 adversarial excerpts (2 no sing to sing, 1 sing to no sing)"
    sentence = f"Measured on toys (scale: smoke): {counts}, 64 samples per explanation."
    assert sentence in written(write(part("measured")))
    heard = {**MANIFEST, "detector": {"test": {"error": 0.2034}}, "options": {"updates": 6000}}
    says = "The detector, trained by 6,000 updates, errs in 20.3 % of the test frames."
    assert results.measured(table(RECORDS), heard).endswith(says)


def test_excerpts_are_counted_in_a_run_without_flips():
    records = table([row("fidelity", 0.5, song=song, case=case) for song, case in [("a", 0), ("a", 1), ("b", 0)]])
    assert "2 songs, 3 adversarial excerpts" in results.measured(records, MANIFEST)


def test_fidelity_is_shown_as_on_the_board():
    records = table([*RECORDS, row("fidelity", 0.5, 1), row("found", 1, 1)])
    body = results.PARTS["fidelity"](records, MANIFEST)
    assert "| lime" in body
    assert body in section(render(records, MANIFEST), "Fidelity of right and wrong explanations")


def test_claims_are_those_of_the_board(write):
    body = section(render(table(RECORDS), MANIFEST), "The paper's claims here")
    assert f"-->\n\n{body}\n\n<!--" in written(write(part("claims")))


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
    sentence = results.finding(table([*records, *size, stray]), MANIFEST)
    assert "2 of 2 explainers flip fewer" in sentence
    assert sentence.endswith(
        "1 flip more than it, 0 cannot be told from it, and 1 are behind it under both questions: saliency."
    )


def test_a_run_without_the_contrastive_question_has_no_finding():
    with pytest.raises(RecordsError, match="contrastive question"):
        results.finding(table(RECORDS), MANIFEST)


def test_a_document_in_a_folder_finds_the_runs_of_the_folder_above(write, tmp_path):
    text = write(part("measured")).read_text(encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "results.md").write_text(text, encoding="utf-8")
    assert "Measured on toys" in written(tmp_path / "docs" / "results.md")


def test_only_what_is_between_the_marks_changes(write):
    pattern = "# Ünïts\n\nBefore.\n{}\nBetween <!-- a comment -->\n{}\nAfter.\n"
    once = written(write(pattern.format(part("measured", "old\n"), part("measured"))))
    new = part("measured", f"\n{results.measured(table(RECORDS), MANIFEST)}\n\n")
    assert once == pattern.format(new, new)
    assert written(write(once)) == once


def test_the_check_changes_nothing_and_tells_what_is_stale(write):
    file = write(part("measured", "old\n"))
    with pytest.raises(SystemExit, match=r"README\.md is not what veracity-bench results .* writes\."):
        main([str(file), "--check"])
    assert file.read_text(encoding="utf-8") == part("measured", "old\n")
    main([str(file)])
    main([str(file), "--check"])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            part("borad"),
            "There is no part 'borad' of results; there are opening, finding, lost, board,",
        ),
        ("<!-- results: board -->\n<!-- end -->", "The part of results 'board' names 0 runs."),
        ("<!-- results: board tiny tiny -->\n<!-- end -->", "The part of results 'board tiny tiny' names 2 runs."),
        ("<!-- results: board gone -->\n<!-- end -->", "There are no records at .*gone"),
        ("<!-- results: board tiny -->\n" + part("measured"), "A part of results lacks its <!-- end -->"),
    ],
)
def test_what_is_not_there_is_said_and_nothing_written(write, text, sentence):
    file = write(text)
    with pytest.raises(SystemExit, match=sentence):
        main([str(file)])
    assert file.read_text(encoding="utf-8") == text


def test_several_runs_stand_in_one_table(write, tmp_path):
    file = write("<!-- results: across-runs tiny other -->\n<!-- end -->")
    write_run(tmp_path.joinpath("reports", "published", "other"), table(RECORDS), MANIFEST)
    assert list(cells(written(file))) == ["run", "tiny", "other"]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SystemExit, match=r"No such file.*README\.md"):
        main([str(tmp_path / "README.md")])


def test_conclusions_are_shown_for_lime_part_by_part_and_counted(tmp_path):
    """LIME flips later than the size of the perturbation, and never with 3 segments; another flips with the first."""
    songs = "abcdefghijklmnop"
    records = [
        line
        for song in songs
        for condition in ((0, 0), (1, 1))
        for name, smallest in (("lime", 15), ("delta-norm", 5), ("best", 1))
        for line in flips(name, smallest, song=song, condition=condition)
    ]
    write_run(tmp_path.joinpath(*PUBLISHED), table(records), MANIFEST)
    (tmp_path / "README.md").write_text(part("conclusions"), encoding="utf-8")
    rows = cells(written(tmp_path / "README.md"))
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
