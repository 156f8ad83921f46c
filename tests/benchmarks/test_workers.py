"""A whole run in several workers measures what a run without does. Runs that are killed are in tests/campaign."""

import re

from tiny_run import EXPLAINERS, benchmark

from veracity_bench.fixtures.explanations.references import REFERENCES
from veracity_bench.reports.measurements.records import read_run

SOME = ["lime", "saliency", "delta-norm", "shapley-masking"]  # kernel-shap alone takes seconds to import, per worker
KNOWN_ANSWERS = "known_answers"  # have tests of their own, and take as long as the rest
RECORDS_ALONE = ["--shard", "1/1"]  # that their order changes no board is in tests/reports/test_plugin.py


def measured(records):
    """What both runs measure, but for the times, in a common order."""
    left_out = {*EXPLAINERS, *REFERENCES} - {*SOME}
    other = records["explainer"].isin(left_out) | (records["experiment"] == KNOWN_ANSWERS)
    timed = records["metric"].isin(["seconds", "training_seconds"])
    return records[~other & ~timed].astype(str).sort_values(list(records)).reset_index(drop=True)


def test_two_workers_measure_the_same(records, shared_corpus_folder, tmp_path):
    options = ["--detector", "toys:layered", "-n", "2", "-v", "-k", f"not {KNOWN_ANSWERS}", *RECORDS_ALONE]
    options += [option for name in SOME for option in ("--explainer", name)]
    finished = benchmark(shared_corpus_folder, tmp_path, *options)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    in_workers, _ = read_run(tmp_path / "report")
    assert len(in_workers) > 1000
    assert measured(in_workers).equals(measured(records))
    # xdist 3.8 does not keep groups together under pytest 9.2, without a warning.
    ran = re.findall(r"\[(gw\d)\].* (?:PASSED|SKIPPED) .*\[(\w+-\w+-[cd])[-\]]", finished.stdout)
    assert len(set(ran)) == len({place for _, place in ran}) == 10, "a song's items went to several workers"
    assert {worker for worker, _ in ran} == {"gw0", "gw1"}
