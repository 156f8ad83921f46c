from datetime import UTC, datetime
from types import SimpleNamespace

import numpy as np
import pytest
from boards import failure, row

from veracity_bench.fixtures.cases import previews
from veracity_bench.reports import merge, report
from veracity_bench.reports.final_report import finish
from veracity_bench.reports.measurements.excerpts import Excerpt
from veracity_bench.reports.measurements.manifest import PART, read_manifest, write_manifest
from veracity_bench.reports.measurements.records import RECORDS, read_run, table

GROUPS = ["seed-0", "rest", "waveform-a", "waveform-b"]
TIMES = {"started": "2026-01-01T10:00:00", "finished": "2026-01-01T11:00:00", "seconds": 3600.0}
LATER = {"started": "2026-01-01T10:30:00", "finished": "2026-01-01T11:30:00", "seconds": 3600.0}
RUN = {
    "title": "Tiny",
    "measured": {"corpus": "synthetic", "segments": "grid"},
    "options": {"seed": 0, "updates": 4},
    "timing": TIMES,
}
ROWS = {song: [row("flip", 1, 3, song=song, case=case) for case in (0, 1)] for song in "ab"}


def excerpt(song, case):
    bins = np.full((115, 80), ord(song) + case, dtype=np.float32)
    numbers = {"case": case, "frame": 70, "probabilities": (0.0, 1.0), "original": bins, "adversarial": bins}
    return Excerpt(attack="waveform", direction="nosing_to_sing", song=song, **numbers)


@pytest.fixture
def part(tmp_path):
    """Write the report of a part."""

    def part(name, groups, rows=(), excerpts=(), left_out=(0, 3, 0), **manifest):
        about = {"name": name, "groups": groups, "of": GROUPS, "left out": left_out}
        return report.write(tmp_path / name, table(rows), {**RUN, **manifest, PART: about}, lambda: excerpts).folder

    return part


@pytest.fixture
def parts(part):
    return [
        part("one", ["rest", "waveform-b"], ROWS["b"], [excerpt("b", 0), excerpt("b", 1)]),
        part("two", ["seed-0", "waveform-a"], ROWS["a"], [excerpt("a", 0), excerpt("a", 1)], timing=LATER),
    ]


def test_parts_make_the_report_of_a_run_in_one_piece(parts, tmp_path):
    in_turn = [excerpt(song, case) for case in (0, 1) for song in "ab"]
    whole = report.write(tmp_path / "whole", table(ROWS["a"] + ROWS["b"]), RUN, lambda: in_turn).folder
    merged = merge.merge(parts, tmp_path / "merged")
    assert merged.faults == []
    assert {path.name for path in merged.folder.iterdir()} == {path.name for path in whole.iterdir()}
    assert (merged.folder / RECORDS).read_bytes() == (whole / RECORDS).read_bytes()
    assert (merged.folder / "excerpts.npz").read_bytes() == (whole / "excerpts.npz").read_bytes()
    timing = {"started": TIMES["started"], "finished": LATER["finished"], "seconds": 7200.0}
    assert read_manifest(merged.folder) == {**read_manifest(whole), "timing": timing}


def test_a_process_that_has_measured_nothing_itself_reports_the_parts(part, tmp_path):
    groups = {"seed-0": (), "rest": (), "waveform-a": ROWS["a"], "waveform-b": ROWS["b"]}
    parts = {name: part(name, [name], rows) for name, rows in groups.items()}
    config = SimpleNamespace(pluginmanager=SimpleNamespace(get_plugin=lambda name: None))
    shown, fine = finish(config, tmp_path / "report", table([]), datetime.now(UTC), "", parts)
    assert fine, shown
    records, manifest = read_run(tmp_path / "report")
    assert records.to_dict("records") == table(ROWS["a"] + ROWS["b"]).to_dict("records")
    assert PART not in manifest


def test_a_part_has_neither_board_nor_page(parts):
    assert {path.name for path in parts[0].iterdir()} == {RECORDS, "excerpts.npz", "manifest.json"}


def test_what_parts_have_left_out_is_summed(part, tmp_path):
    selected = [
        part("one", GROUPS[:2], left_out=(1, 3, 5), measured={**RUN["measured"], "selected": "shard 1/2; a part"}),
        part("two", GROUPS[2:], left_out=(1, 3, 2), measured={**RUN["measured"], "selected": "shard 2/2; a part"}),
    ]
    measured = merge.manifest_of(selected)["measured"]
    assert measured["selected"] == "a part of the benchmark, without 1 of 3 experiments and 7 items"


def test_a_report_holds_as_many_excerpts_as_that_of_a_run():
    assert merge.SHOWN == previews.SHOWN


@pytest.mark.parametrize(
    ("name", "groups", "manifest", "sentence"),
    [
        ("same", ["seed-0"], {}, "both measured waveform-a"),
        ("few", ["seed-0"], {}, "No part has measured seed-0"),
        ("other", [], {"options": {"seed": 1, "updates": 4}}, "parts of different runs: options seed is 0 and 1"),
        ("more", [], {"definitions": {"cases": 2}}, "different runs: definitions cases is nothing and 2"),
    ],
)
def test_what_makes_no_whole_run_is_refused_by_name(part, name, groups, manifest, sentence):
    first = part("first", ["rest", "waveform-a", "waveform-b"])
    second = part(name, ["waveform-a", *groups] if name == "same" else [] if name == "few" else ["seed-0"], **manifest)
    with pytest.raises(SystemExit, match=sentence):
        merge.main([str(first), str(second), "--output", str(first.parent / "whole")])
    assert not (first.parent / "whole").exists()


@pytest.mark.parametrize(
    ("lacking", "named"),
    [
        ({"timing": {}}, "timing"),
        ({"timing": {"started": "now", "finished": "now"}}, "timing"),
        ({PART: {"groups": [], "of": []}}, "part"),
    ],
)
def test_a_part_whose_manifest_lacks_something_is_named(parts, lacking, named):
    write_manifest(parts[1], {**read_manifest(parts[1]), **lacking})
    with pytest.raises(SystemExit, match=f"The manifest of the part at .*two lacks '{named}'"):
        merge.main([*map(str, parts), "--output", str(parts[0].parent / "whole")])


def test_a_number_that_two_parts_have_is_refused(part, tmp_path):
    both = [part("one", GROUPS[:2], ROWS["a"]), part("two", GROUPS[2:], ROWS["a"] + ROWS["b"])]
    with pytest.raises(SystemExit, match="a number must stand once"):
        merge.main([*map(str, both), "--output", str(tmp_path / "whole")])


def test_parts_are_never_replaced(parts, tmp_path):
    with pytest.raises(SystemExit, match=r"replace .*one, which it is made from"):
        merge.main([*map(str, parts), "--output", str(tmp_path / "one")])
    assert read_manifest(parts[0])


def test_a_run_in_one_piece_and_a_part_given_twice_are_refused(parts, tmp_path):
    whole = merge.merge(parts, tmp_path / "whole").folder
    with pytest.raises(SystemExit, match="is no part of another"):
        merge.main([str(whole), "--output", str(tmp_path / "again")])
    with pytest.raises(SystemExit, match="one is given twice"):
        merge.main([*map(str, [parts[0], *parts]), "--output", str(tmp_path / "again")])


def test_a_part_that_was_stopped_is_refused(part, tmp_path):
    stopped = part("one", GROUPS, [failure("lime", "no")], measured={"incomplete": "the run was stopped early"})
    assert stopped.name == "one-incomplete"
    with pytest.raises(SystemExit, match="is incomplete \\(the run was stopped early\\): measure it again"):
        merge.main([str(stopped), "--output", str(tmp_path / "whole")])


def test_parts_of_different_processors_are_merged_and_both_are_stated(part, tmp_path):
    one = part("one", ["rest", "waveform-b"], ROWS["b"], processor={"torch": "AVX2"})
    two = part("two", ["seed-0", "waveform-a"], ROWS["a"], processor={"torch": "AVX2 and AVX512"})
    merged = merge.merge([one, two], tmp_path / "merged")
    assert read_manifest(merged.folder)["processor"] == {"torch": "AVX2 and AVX512"}
