import pytest
from boards import cells, flips

from veracity_bench.reports.measurements.records import table, write_run
from veracity_bench.reports.parts import measured
from veracity_bench.reports.results import main

PUBLISHED = ("reports", "published", "tiny")
RECORDS = flips("lime", 3)
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


def test_a_document_in_a_folder_finds_the_runs_of_the_folder_above(write, tmp_path):
    text = write(part("measured")).read_text(encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "results.md").write_text(text, encoding="utf-8")
    assert "Measured on toys" in written(tmp_path / "docs" / "results.md")


def test_only_what_is_between_the_marks_changes(write):
    pattern = "# Ünïts\n\nBefore.\n{}\nBetween <!-- a comment -->\n{}\nAfter.\n"
    once = written(write(pattern.format(part("measured", "old\n"), part("measured"))))
    new = part("measured", f"\n{measured(table(RECORDS), MANIFEST)}\n\n")
    assert once == pattern.format(new, new)
    assert written(write(once)) == once


def test_a_document_keeps_its_ends_of_lines(write):
    file = write(part("measured", "old\n"))
    plain = written(file)
    file.write_bytes(plain.replace("\n", "\r\n").encode())
    main([str(file), "--check"])
    main([str(file)])
    assert file.read_bytes() == plain.replace("\n", "\r\n").encode()


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
        ("<!-- results:  -->\n<!-- end -->", "There is no part '' of results"),
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


def test_a_document_in_another_encoding_is_one_sentence(write):
    file = write("")
    file.write_bytes("Ünïts".encode("latin-1"))
    with pytest.raises(SystemExit, match=r"README\.md is no text in UTF-8"):
        main([str(file)])


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SystemExit, match=r"No such file.*README\.md"):
        main([str(tmp_path / "README.md")])
