import json
import shutil

import pytest

from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.manifest import DIGESTS, MANIFEST, read_manifest, write_manifest

FACTS = {"title": "Tiny", "measured": {"corpus": "ö", "nan": float("nan")}, "options": {"updates": 6000, "x": [1, 2]}}
FILES = ("records.parquet", "leaderboard.md", "leaderboard.html", "excerpts.npz", "figures/gap.svg")


@pytest.fixture
def report(tmp_path):
    (tmp_path / "report" / "figures").mkdir(parents=True)
    for name in FILES:
        (tmp_path / "report" / name).write_text(f"content of {name}")
    write_manifest(tmp_path / "report", FACTS)
    return tmp_path / "report"


def rewritten(report, change):
    """Change the JSON of the manifest."""
    manifest = json.loads((report / MANIFEST).read_text())
    change(manifest)
    (report / MANIFEST).write_text(json.dumps(manifest))


def test_a_manifest_survives_the_disk_and_shows_no_digest(report):
    assert json.dumps(read_manifest(report)) == json.dumps(FACTS)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "damage",
    [lambda file: file.unlink(), lambda file: file.write_bytes(b"D" + file.read_bytes()[1:]), lambda file: None],
    ids=["missing", "changed", "whole"],
)
def test_every_file_of_a_report_is_checked(report, name, damage):
    whole = (report / name).read_bytes()
    damage(report / name)
    if (report / name).is_file() and (report / name).read_bytes() == whole:
        read_manifest(report)
    else:
        with pytest.raises(RecordsError, match=f"damaged or mixed: its {name} is missing or not the one"):
            read_manifest(report)


def test_a_reader_of_one_file_needs_no_other(report):
    (report / "leaderboard.html").unlink()
    read_manifest(report, "records.parquet")


def test_two_reports_are_not_mixed(report, tmp_path):
    other = shutil.copytree(report, tmp_path / "other")
    (other / "leaderboard.md").write_text("another")
    write_manifest(other, FACTS)
    shutil.copy(other / "leaderboard.md", report)
    with pytest.raises(RecordsError, match=r"damaged or mixed: its leaderboard\.md"):
        read_manifest(report)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda m: m["options"].update(updates=6001), "its manifest.json is missing or not the one"),
        (lambda m: m[DIGESTS].pop("leaderboard.md"), "its manifest.json is missing or not the one"),
        (lambda m: m[DIGESTS].pop(MANIFEST), "holds no digests to check the report by"),
        (lambda m: m.pop(DIGESTS), "holds no digests to check the report by"),
        (lambda m: m.update({DIGESTS: [MANIFEST]}), "holds no digests to check the report by"),
    ],
    ids=["value", "digest gone", "own digest gone", "digests gone", "digests a list"],
)
def test_a_manifest_that_was_changed_is_refused(report, change, sentence):
    rewritten(report, change)
    with pytest.raises(RecordsError, match=sentence):
        read_manifest(report)


@pytest.mark.parametrize("name", ["../secret", "/dev/zero", "figures/../../secret.svg", "conftest.py"])
def test_nothing_outside_of_a_report_is_read(report, name):
    with pytest.raises(RecordsError, match="damaged or mixed"):
        read_manifest(report, name)


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ({"title": 3}, "title"),
        ({"measured": []}, "measured"),
        ({"measured": {"segments": 5}}, "measured.segments"),
        ({"explainers": {"lime": "x"}}, "explainers.lime"),
        ({"explainers": {"lime": {"access": [1]}}}, "explainers.lime.access"),
        ({"detector": {"test": {"error": "low"}}}, "detector.test.error"),
        ({"timing": [[1]]}, "timing"),
        ({"timing": {"seconds": "long"}}, "timing.seconds"),
        ({"part": {"groups": [["rest"]]}}, "part.groups"),
        ({"part": {"of": "rest"}}, "part.of"),
        ({"part": {"left out": [1]}}, "part.left out"),
        ({"part": {"left out": [1, 2, "3"]}}, "part.left out"),
    ],
)
def test_what_is_not_what_readers_rely_on_is_named(report, part, place):
    write_manifest(report, {**FACTS, **part})
    with pytest.raises(RecordsError, match=f"something else than it should under '{place}'"):
        read_manifest(report)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "[]", "1" * 5000, "\x00"], ids=range(6))
def test_what_is_no_json_object_is_one_sentence(report, text):
    (report / MANIFEST).write_text(text)
    with pytest.raises(RecordsError, match=r"unreadable|not a JSON object"):
        read_manifest(report)
