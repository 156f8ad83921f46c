"""A run with one more explainer than the one before: what was explained then is read."""

from tiny_run import RECORDS_ALONE, benchmark

from veracity_bench.reports.measurements.records import read_run

FLIPS = [
    "--detector",
    "cnn-2015",
    "--updates",
    "2",
    "--attack",
    "waveform",
    "--songs",
    "1",
    "-n",
    "0",
    "-k",
    "test_flip_at_k",
    *RECORDS_ALONE,
]


def measured(records, explainer):
    """What was measured of an explainer, with its queries and seconds."""
    own = records[records["explainer"] == explainer]
    return own.sort_values(["direction", "song", "case", "metric", "k"])[["metric", "k", "value"]].to_numpy().tolist()


def test_one_more_explainer_costs_that_explainer(shared_corpus_folder, tmp_path):
    boards = []
    for explainers in (["lime"], ["lime", "saliency"]):
        chosen = [option for name in explainers for option in ("--explainer", name)]
        finished = benchmark(shared_corpus_folder, tmp_path, *FLIPS, *chosen)
        assert finished.returncode == 0, finished.stdout + finished.stderr
        boards.append(read_run(tmp_path / "report")[0])
    first, second = boards
    assert measured(second, "lime") == measured(first, "lime")
    assert {row[0] for row in measured(first, "lime")} == {"flip", "queries", "seconds", "weight"}
    assert measured(second, "saliency")
    kept = list((tmp_path / "cache" / "explanations").glob("*/explanations.npz"))
    assert len(kept) == 2, "each run adds what is new: an untrained detector predicts one class alone"
