"""A run in several workers measures what one without them does. Runs that are killed are in tests/campaign."""

import re

from tiny_run import ALL, RECORDS_ALONE, benchmark

from veracity_bench.reports.measurements.excerpts import FILE
from veracity_bench.reports.measurements.metrics import catalogue
from veracity_bench.reports.measurements.records import read_run


def measured(out):
    """All records of a run but those of time, and the file of its excerpts."""
    records, _ = read_run(out / "report")
    times = {name for name, metric in catalogue().items() if metric.unit == "s"}
    assert times & set(records["metric"]), "no second was recorded"
    timeless = records[~records["metric"].isin(times)]
    return timeless.astype(object).to_numpy().tolist(), (out / "report" / FILE).read_bytes()


def test_two_workers_measure_the_same(run, shared_corpus_folder, tmp_path):
    options = ["--detector", "toys:layered", "-n", "2", "-v", *ALL, *RECORDS_ALONE]
    finished = benchmark(shared_corpus_folder, tmp_path, *options)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert measured(tmp_path) == measured(run[1])
    # xdist 3.8 does not keep groups together under pytest 9.2, without a warning.
    ran = re.findall(r"\[(gw\d)\].* (?:PASSED|SKIPPED) .*\[(\w+-\w+-[cd])[-\]]", finished.stdout)
    assert len(set(ran)) == len({place for _, place in ran}) == 10, "a song's items went to several workers"
    assert {worker for worker, _ in ran} == {"gw0", "gw1"}
