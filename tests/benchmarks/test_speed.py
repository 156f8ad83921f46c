import json
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import nn
from toys import Loudness

from veracity_bench.benchmarks.speed import __main__ as command
from veracity_bench.benchmarks.speed.ceiling import batch_rates, matmul_ceiling, pass_flops, table_flops
from veracity_bench.benchmarks.speed.excerpts import excerpts
from veracity_bench.benchmarks.speed.machine import processor
from veracity_bench.benchmarks.speed.repetition import STEPS, TABLE, Repetition, largest_difference, repeat
from veracity_bench.benchmarks.speed.summary import Work, ratio, summarise
from veracity_bench.benchmarks.speed.task import Task
from veracity_bench.benchmarks.speed.ways import FORWARD, LIME_HERE, LIME_IMAGE, WAYS
from veracity_bench.fixtures.corpora.corpus import read_corpus
from veracity_bench.models.detectors.networks import Detector
from veracity_bench.models.games.segments import PAPER_GRID, Grid

HEARD = 13
SMALL = Grid(time=2, frequency=2)


def tiny_detector():
    """A detector of our own kind, whose trunk takes no time."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return Detector(nn.Sequential(nn.AvgPool2d((23, 20)))).eval().requires_grad_(False)


def noise():
    return np.random.default_rng(0).normal(-5, 1, (115, 80)).astype(np.float32)


@pytest.fixture
def planted():
    """One segment has an effect, and is louder than the baseline: without it the probability is 0.5, with it 0.98."""
    excerpt = noise()
    excerpt[PAPER_GRID.map == HEARD] = -4.5
    return Task(Loudness((HEARD,), level=-5).requires_grad_(False), excerpt, -5.0, PAPER_GRID, samples=256, batch=16)


@pytest.fixture
def small():
    return Task(tiny_detector(), noise(), -5.0, SMALL, samples=32, batch=5)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_every_way_finds_the_only_segment_of_effect(way, planted):
    weights = way(planted)
    assert weights.shape == (20,)
    assert np.isfinite(weights).all()
    assert weights.argmax() == HEARD
    assert weights[HEARD] > 5 * np.abs(np.delete(weights, HEARD)).max()


@pytest.mark.parametrize("way", [way for way in WAYS if way != FORWARD])
def test_every_explainer_recovers_the_size_of_a_planted_effect(way, planted):
    """Of an additive game Shapley values are exact, and LIME's are up to the shrinkage of the ridge."""
    on, off = planted.probabilities([np.ones(20), np.zeros(20)])
    assert WAYS[way](planted)[HEARD] == pytest.approx(on - off, rel=0.1)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_ways_are_seeded(way, small):
    np.testing.assert_array_equal(way(small), way(small))


def test_ways_put_as_many_coalitions_through_the_detector_as_they_should(small):
    """shap queries the excerpt and the baseline besides; with four segments it would stop at all 16 coalitions."""
    counts, task = [], Task(small.detector, small.excerpt, -5.0, PAPER_GRID, samples=64, batch=10)
    hook = task.detector.norm.register_forward_hook(lambda layer, inputs, output: counts.append(len(output)))
    counted, largest = {}, {}
    for name, way in WAYS.items():
        counts.clear()
        way(task)
        counted[name], largest[name] = sum(counts), max(counts)
    hook.remove()
    del counted[LIME_HERE], largest[LIME_HERE]  # in batches of its own, for a detector with a hook
    assert counted == dict.fromkeys(counted, 64) | {"KernelExplainer of shap": 66}
    assert set(largest.values()) == {10}


def test_forward_passes_see_the_segments_that_are_present(planted):
    masks = np.random.default_rng(0).integers(0, 2, (37, 20))
    np.testing.assert_allclose(planted.logits(masks), planted.game().logits(masks), atol=1e-5)


def test_a_repetition_times_every_way_and_compares_the_table(small):
    shown = []
    repetition = repeat(small, shown.append)
    assert shown == list(STEPS)
    assert list(repetition.seconds) == [TABLE, *WAYS]
    assert 0 < repetition.set_up < repetition.seconds[TABLE]
    assert repetition.difference < 1e-4


def test_one_wrong_logit_shows_in_the_largest_difference(small):
    table = small.game().table()
    table[6] += 0.5
    assert largest_difference(small, table) == pytest.approx(0.5, abs=1e-4)


def test_ratios_by_hand():
    """3 / 1, 8 / 2 and 5 / 0.5."""
    assert ratio([3, 8, 5], [1, 2, 0.5]) == {"median": 4, "min": 3, "max": 10}
    with pytest.raises(ValueError, match="shorter"):
        ratio([1, 2], [1])


def test_summary_by_hand():
    """The ways other than those named take a second each."""
    rest = dict.fromkeys(WAYS, 1.0)
    first = Repetition(0.5, {TABLE: 2.0} | rest | {LIME_HERE: 1.0, LIME_IMAGE: 30.0, FORWARD: 10.0}, 1e-6)
    second = Repetition(0.3, {TABLE: 4.0} | rest | {LIME_HERE: 2.0, LIME_IMAGE: 20.0, FORWARD: 30.0}, 3e-6)
    summary = summarise([first, second], samples=40, work=Work(ceiling=1000.0, forward_pass=100, table=600))
    assert summary["ways"][TABLE] == {"seconds": [2, 4], "ratio": {"median": 1, "min": 1, "max": 1}}
    assert summary["ways"][LIME_IMAGE] == {"seconds": [30, 20], "ratio": {"median": 10, "min": 5, "max": 15}}
    assert summary["LimeImageExplainer / LIME here"] == {"median": 20, "min": 10, "max": 30}
    assert summary["set-up seconds of the table"] == [0.5, 0.3]
    assert summary["forward passes"] == {"per second": 2, "FLOP": 100, "FLOP/s": 200, "share of ceiling": 0.2}
    assert summary["floor of the table"] == {"FLOP": 600, "seconds": 0.6, "share reached": pytest.approx(0.2)}
    assert summary["largest difference"] == 3e-6


def test_flops_of_a_table_by_hand():
    """8 coalitions, two dense layers after the first, two operations per weight."""
    head = nn.Sequential(nn.Flatten(), nn.Linear(7, 5), nn.ReLU(), nn.Linear(5, 3), nn.Linear(3, 1))
    assert table_flops(head, 3) == 8 * 2 * (5 * 3 + 3 * 1)


def test_flops_of_a_forward_pass_by_hand():
    """Dense layers 20 x 256, 256 x 64 and 64 x 1; pooling and normalisation do not count."""
    assert pass_flops(tiny_detector()) == 2 * (20 * 256 + 256 * 64 + 64)


def test_rates_are_those_of_the_given_sizes():
    rates = batch_rates(tiny_detector(), sizes=(16, 128), rounds=2)
    assert list(rates) == [16, 128]
    assert min(rates.values()) > 0
    assert matmul_ceiling(size=64, rounds=2) > 0


def test_excerpts_are_the_same_every_time_and_of_one_song_after_another(shared_corpus_folder):
    corpus = read_corpus(shared_corpus_folder)
    first, again = (list(excerpts(corpus, 3)) for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert {x.shape for x in first} == {(115, 80)}
    assert {x.dtype for x in first} == {np.dtype(np.float32)}
    assert not any(np.array_equal(first[i], first[j]) for i, j in [(0, 1), (0, 2), (1, 2)])


def test_the_processor_is_named_where_linux_names_it(tmp_path):
    (tmp_path / "cpuinfo").write_text(
        "processor\t: 0\nmodel name\t: Model 5\n\nprocessor\t: 1\nmodel name\t: Model 5\n"
    )
    assert processor(tmp_path / "cpuinfo") == "Model 5"
    assert processor(tmp_path / "none") != ""


def test_the_command_prints_a_table_and_writes_json(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "load_weights", lambda path, device: SimpleNamespace(module=tiny_detector()))
    monkeypatch.setattr(command, "PAPER_GRID", SMALL)
    output = tmp_path / "new" / "speed.json"
    command.main(["--samples", "16", "--repetitions", "2", "--threads", "1", "--output", str(output)])
    printed = capsys.readouterr().out
    assert all(f"| {way} " in printed for way in (TABLE, *WAYS))
    report = json.loads(output.read_text())
    assert report["settings"] == {
        "detector": "cnn-2015",
        "corpus": "synthetic songs",
        "method": "tables of segment patterns",
        "coalitions": 16,
        "samples": 16,
        "repetitions": 2,
        "threads": 1,
        "batch": report["settings"]["batch"],
    }
    assert all(len(way["seconds"]) == 2 for way in report["ways"].values())
    assert list(report["ways"]) == [TABLE, *WAYS]
    assert report["largest difference"] < 1e-4
    assert [path.name for path in output.parent.iterdir()] == ["speed.json"]


@pytest.mark.parametrize("arguments", [["--samples", "0"], ["--repetitions", "x"], ["--threads", "-1"]], ids=str)
def test_settings_that_make_no_sense_are_refused(arguments, capsys):
    with pytest.raises(SystemExit):
        command.main(arguments)
    assert arguments[0] in capsys.readouterr().err
