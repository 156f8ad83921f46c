import json

import numpy as np
import pandas as pd
import pytest

from veracity_bench.benchmarks.growth import child, reporting, running
from veracity_bench.benchmarks.growth.__main__ import main
from veracity_bench.benchmarks.growth.child import Measured
from veracity_bench.benchmarks.growth.copies import copies
from veracity_bench.benchmarks.growth.prepare import CORPUS, RUN, prepare
from veracity_bench.benchmarks.growth.render import render
from veracity_bench.fixtures.corpora.corpus import read_corpus
from veracity_bench.reports.measurements.records import read_run, table, write_run

PLACE = {"attack": "waveform", "direction": "nosing_to_sing"}


def records():
    """Flips of one explainer on three songs of four cases, weights, and a study of one of the songs."""
    draw = np.random.default_rng(0)
    rows = [
        {"experiment": "flip_at_k", "explainer": "lime", "song": song, "case": case, "k": k, "value": value, **PLACE}
        | {"metric": metric}
        for song in "abc"
        for case in range(4)
        for metric, values in (("flip", draw.integers(0, 2, 20)), ("weight", draw.normal(size=20)))
        for k, value in enumerate(map(float, values), start=metric == "flip")
    ]
    study = {"experiment": "sanity", "explainer": "lime", "song": "a", "case": 0, "metric": "reversed_flip", **PLACE}
    return table([*rows, {**study, "k": 1, "value": 1.0}])


@pytest.fixture
def folder(tmp_path):
    """What the stages of three times the songs start from."""
    write_run(tmp_path / "source", records(), {"title": "Toy", "measured": {}})
    (tmp_path / "times").mkdir()
    prepare(tmp_path / "times", str(tmp_path / "source"), "3")
    return tmp_path / "times"


def test_copies_are_other_songs_with_the_same_sums(monkeypatch):
    monkeypatch.setattr("veracity_bench.benchmarks.growth.copies.EXCHANGED", 0.5)
    own, copy = copies(records(), 2)
    assert set(copy["song"]) == {"a-001", "b-001", "c-001"}
    assert (len(own), len(copy)) == (3 * 4 * 2 * 20 + 1, 3 * 4 * 2 * 20), "a study is not copied"
    sums = [part[part["metric"] == "flip"].groupby("k")["value"].sum() for part in (own, copy)]
    assert (sums[0] == sums[1]).all()
    weights = [part.loc[part["metric"] == "weight", "value"].to_numpy() for part in (own, copy)]
    assert 0.2 < (weights[0] != weights[1]).mean() < 0.5


def test_the_corpus_and_the_run_of_more_songs_are_read_as_any(folder):
    assert len(read_corpus(folder / CORPUS).splits["test"]) == 9
    found, _ = read_run(folder / RUN)
    assert found["song"].nunique() == 9
    assert reporting.browse(folder) == reporting.board(folder) == len(found) == 3 * 480 + 1


def test_records_arrive_as_items_have_recorded_them(folder):
    assert reporting.collect_records(folder) == 3 * 480 + 1
    pd.testing.assert_frame_equal(read_run(folder / "collected")[0], read_run(folder / RUN)[0])


def test_the_controller_comes_to_the_end_of_its_items(folder):
    ids = [f"benchmarks/test_x.py::test_x[waveform-nosing_to_sing-{song}-/{name}]" for song in "abc" for name in "xyz"]
    (folder / running.IDS).write_text("\n".join(ids))
    assert running.schedule(folder) == len(ids)


def test_a_stage_that_fails_did_not_end(tmp_path, capfd):
    assert child.run("reporting:board", tmp_path, limit=60) == Measured()
    assert "RecordsError" in capfd.readouterr().err


def test_a_run_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(SystemExit, match="There is no manifest at"):
        main([str(tmp_path / "nosuch")])


def test_what_cannot_be_copied_is_an_error_and_leaves_the_rest(tmp_path, monkeypatch, capsys):
    def run(stage, folder, limit, *further):
        return Measured() if "7" in further else Measured(1, 2.0, 10**6)

    monkeypatch.setattr("veracity_bench.benchmarks.growth.__main__.run", run)
    write_run(tmp_path / "source", records(), {"title": "Toy", "measured": {}})
    kept = tmp_path / "growth.json"
    with pytest.raises(SystemExit, match="Nothing was measured at 7 times the songs"):
        main([str(tmp_path / "source"), "--times", "1", "7", "9", "--output", str(kept)])
    assert list(json.loads(kept.read_text())) == ["1", "9"]
    assert "7 times" not in capsys.readouterr().out


def test_the_table_shows_how_seconds_grow():
    found = {times: {"board": Measured(times, 0.5 * times**2, 10**8)} for times in (1, 10, 100)}
    line = render(found | {1000: {"board": Measured()}}).splitlines()[-1]
    assert [cell.strip() for cell in line.strip("|").split("|")] == [
        *("board", "0.5", "50", "5e+03", "-"),
        *("100", "100", "100", "-", "n^2.0"),
    ]
