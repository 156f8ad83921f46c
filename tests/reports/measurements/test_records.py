import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from veracity_bench.reports.measurements.columns import COLUMNS
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.manifest import write_manifest
from veracity_bench.reports.measurements.records import canonical, read_run, table, write_run

ROW = {
    "experiment": "flip",
    "explainer": "lime",
    "attack": "waveform",
    "direction": "nosing_to_sing",
    "song": "a",
    "case": 0,
    "metric": "flip",
    "k": 3,
    "value": 1.0,
}
ROWS = [{**ROW, "song": song, "case": case} for song in "ba" for case in (1, 0)]
MANIFEST = {"title": "Tiny", "measured": {"corpus": "synthetic"}, "options": {"nested": {"k": [1, 3]}}}


def test_a_run_survives_the_disk(tmp_path):
    write_run(tmp_path / "new" / "run", table(ROWS), MANIFEST)
    for path in (tmp_path / "new" / "run", tmp_path / "new" / "run" / "records.parquet"):
        records, manifest = read_run(path)
        assert records.to_dict("records") == table(ROWS).to_dict("records")
        assert manifest == MANIFEST


def test_the_order_of_rows_leaves_the_file_as_it_is(tmp_path):
    for name, rows in (("one", ROWS), ("other", ROWS[::-1])):
        write_run(tmp_path / name, table(rows), MANIFEST)
    assert (tmp_path / "one" / "records.parquet").read_bytes() == (tmp_path / "other" / "records.parquet").read_bytes()


def test_rows_come_in_canonical_order_with_all_columns():
    records = table(ROWS)
    assert list(records) == list(COLUMNS)
    assert list(zip(records["song"], records["case"], strict=True)) == [("a", 0), ("a", 1), ("b", 0), ("b", 1)]


def test_an_empty_run_survives_the_disk(tmp_path):
    write_run(tmp_path, table([]), {})
    records, manifest = read_run(tmp_path)
    assert (len(records), list(records), manifest) == (0, list(COLUMNS), {})


def test_a_broken_write_keeps_the_old_file_and_leaves_nothing_else(tmp_path, monkeypatch):
    write_run(tmp_path, table(ROWS), MANIFEST)

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_run(tmp_path, table([]), {})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json", "records.parquet"]
    assert len(read_run(tmp_path)[0]) == len(ROWS)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"attack": "noise"}, "attack must be one of waveform, spectrogram"),
        ({"direction": ""}, "direction must not be empty"),
        ({"value": float("nan")}, "value must be finite"),
        ({"value": float("inf")}, "value must be finite"),
        ({"value": None}, "lacks 'value'"),
        ({"value": "high"}, "wrong type"),
        ({"case": "first"}, "wrong type"),
        ({"case": -2}, "case must be -1 or an index"),
        ({"k": 21}, "k must be in 0..20"),
        ({"song": ""}, "song must not be empty"),
        ({"vaule": 1.0}, "no column 'vaule'"),
        ({"metric": "failed"}, "what failed or was not applicable must give its reason"),
        ({"metric": "not_applicable"}, "what failed or was not applicable must give its reason"),
        ({"metric": "filp"}, "There is no metric 'filp'; the sections of the board declare attempts, auc"),
        ({"value": 1.5}, r"flip must be 0\.\.1"),
        ({"k": 0}, "the k of flip must be 1..n, every k"),
        ({"metric": "found", "value": 4.0}, r"found must be 0\.\.k"),
    ],
)
def test_a_row_outside_the_schema_is_refused(change, message):
    with pytest.raises(RecordsError, match=message):
        table([ROW, {**ROW, **change}])


def test_a_number_that_stands_twice_is_refused_when_it_is_read(tmp_path):
    write_run(tmp_path, table([*ROWS, {**ROWS[0], "value": 0.0}]), MANIFEST)
    with pytest.raises(RecordsError, match=r"a number must stand once: .*'song': 'b'"):
        read_run(tmp_path)


@pytest.mark.parametrize("change", [{"metric": "failed", "reason": "no"}, {"experiment": "known_answers"}])
def test_failures_and_known_answers_may_stand_twice(tmp_path, change):
    write_run(tmp_path, table([{**ROW, **change}] * 2), MANIFEST)
    assert len(read_run(tmp_path)[0]) == 2


def test_a_failure_may_lack_its_coordinates():
    assert len(table([{"metric": "failed", "value": 1.0, "reason": "the process died"}])) == 1


def test_the_detector_has_no_place():
    error = {"experiment": "detector", "metric": "error", "variant": "seed 0", "value": 0.1}
    assert table([error])["variant"].tolist() == ["seed 0"]


def test_a_known_answer_has_a_direction_but_no_place():
    known = {"experiment": "known_answers", "explainer": "exact-lime", "metric": "known_answer", "value": -2.0}
    assert table([{**known, "direction": "sing_to_nosing"}])["song"].tolist() == [""]
    with pytest.raises(RecordsError, match="known_answer must be <= 1"):
        table([{**known, "value": 1.1}])


def test_a_fact_concerns_no_explainer_and_a_flip_may_be_a_probability():
    fact = {**ROW, "experiment": "oracle", "explainer": "", "metric": "smallest", "k": 0, "value": 4.0}
    chance = {**ROW, "experiment": "oracle", "explainer": "random", "value": 0.35}
    assert sorted(table([fact, chance])["value"]) == [0.35, 4.0]


def test_a_missing_column_is_named():
    with pytest.raises(RecordsError, match="lack the column 'song'"):
        canonical(table(ROWS).drop(columns="song"))


def _truncate(path):
    path.write_bytes(path.read_bytes()[:100])


def _rewrite(change):
    return lambda path: pq.write_table(change(pq.read_table(path)), path)


@pytest.mark.parametrize(
    ("file", "damage", "message"),
    [
        ("records.parquet", lambda path: path.unlink(), "There are no records at"),
        ("records.parquet", _truncate, "unreadable"),
        ("records.parquet", _rewrite(pa.Table.replace_schema_metadata), "schema version none, this code reads 3"),
        ("records.parquet", _rewrite(lambda records: records.drop_columns("k")), "other columns than experiment"),
        ("manifest.json", lambda path: path.unlink(), "There is no manifest at"),
        ("manifest.json", _truncate, "unreadable"),
        ("manifest.json", lambda path: path.write_text(json.dumps([])), "not a JSON object"),
    ],
)
def test_a_damaged_run_is_explained_in_one_sentence(tmp_path, file, damage, message):
    """Records are damaged under a manifest that names them as they are then: else its digest would be the reason."""
    write_run(tmp_path, table(ROWS), {**MANIFEST, "padding": "x" * 200})
    damage(tmp_path / file)
    if file == "records.parquet":
        write_manifest(tmp_path, MANIFEST)
    with pytest.raises(RecordsError, match=message):
        read_run(tmp_path)


def test_another_file_of_a_run_is_not_its_records(tmp_path):
    write_run(tmp_path, table(ROWS), MANIFEST)
    with pytest.raises(RecordsError, match=r"manifest\.json is not the records of a report; name its folder\.$"):
        read_run(tmp_path / "manifest.json")
