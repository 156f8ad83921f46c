"""Whole runs with hostile explainers, some at a time, beside honest ones."""

import shutil
from random import Random

import hostile_explainers
import searching_explainers
from judgement import Outcome, crashed, measured, unclear
from toy_runs import HONEST, start_run

from veracity_bench.fixtures.explanations.isolation.sandbox import Sandbox
from veracity_bench.reports.measurements.errors import RecordsError

NAME = "hostile plug-ins"
MEANS = (
    "The rows of honest explainers and references are those of an undisturbed run; one that is hostile has failed, in "
    "one sentence with its name, or has the scores of one that ranks the segments by their numbers, which is what all "
    "answer that find nothing; the run ends by itself."
)
AT_A_TIME = 8
PLAIN = "hostile_explainers:plain"
MISBEHAVING = (
    "dies ends_well doubles leaves raises is_not_finite is_too_short vandalises interrupts has_no_message hangs"
)
SEARCHING = [f"searching_explainers:{name}" for name in searching_explainers.NAMES]
ALL = [*SEARCHING, *(f"hostile_explainers:{name}" for name in hostile_explainers.NAMES.split())]
ALL += [f"misbehaving:{name}" for name in MISBEHAVING.split()]
SCORED = ["attack", "direction", "song", "case", "metric", "k", "value"]


def tries(world, seed, n):
    able = [name for name in ALL if Sandbox().isolation == "namespaces" or name not in SEARCHING]
    chosen = Random(f"{seed} hostile").sample(able, min(n, len(able)))
    for start in range(0, len(chosen), AT_A_TIME):
        some, out = chosen[start : start + AT_A_TIME], world.fresh(f"hostile-{start}")
        run = start_run(world.corpus, out, "--time-limit", "20", explainers=[*HONEST, PLAIN, *some])
        code = run.wait(900)
        common = crashed(run.output, "INTERNALERROR") or (f"ended with {code}" if code not in (0, 1) else "")
        try:
            records = measured(out / "report")
        except RecordsError as error:
            common = common or f"no report: {error}: {run.output[-1500:]}"
        if not common and not _honest(records).equals(world.records):
            common = "other rows have changed"
        yield from (Outcome(name, common or _fault(name, records)) for name in some)
        shutil.rmtree(out, ignore_errors=True)


def _honest(records):
    others = records["explainer"].isin([PLAIN, *ALL])
    return records[~others].reset_index(drop=True)


def _fault(name, records):
    own = records[records["explainer"] == name]
    failed = own[own["metric"] == "failed"]
    if len(failed):
        found = [reason for reason in failed["reason"] if "found" in reason]
        return f"{found[0]}" if found else "".join(unclear(reason, name) for reason in set(failed["reason"]))
    honest = records[records["explainer"] == PLAIN]
    scores, due = (rows[rows["metric"] == "flip"][SCORED].reset_index(drop=True) for rows in (own, honest))
    if due.empty or not scores.equals(due):
        return f"has scores of its own: {scores['value'].tolist()} instead of {due['value'].tolist()}"
    return ""
