"""A whole run on a GPU that two workers share."""

from tiny_run import ALL, benchmark

from veracity_bench.reports.measurements.records import read_run


def test_a_run(gpu, run, tmp_path, shared_corpus_folder):
    """It measures what a run on the CPU does."""
    there = benchmark(
        shared_corpus_folder, tmp_path, "--detector", "toys:layered", "-n", "2", "--device", gpu.type, *ALL
    )
    assert there.returncode == 0, there.stdout + there.stderr
    counts = [read_run(out / "report")[0].groupby(["experiment", "metric"]).size() for out in (run[1], tmp_path)]
    assert counts[0].equals(counts[1])
