"""What became of a trial: survived, or failed because."""

import re
from dataclasses import dataclass

from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.records import read_run

LEFTOVERS = ("*.partial", "*-replaced", "*-incomplete")
LONGEST = 1200  # characters of a sentence, of which paths have their share


@dataclass(frozen=True)
class Outcome:
    """What was tried, and in a clause what went wrong, "" where nothing did."""

    tried: str
    fault: str


def measured(report):
    """Return the records of a report but for what a clock measured; raise RecordsError for what is no report."""
    records, _ = read_run(report)
    plain = records.astype({name: str for name, kind in records.dtypes.items() if kind == "category"})
    return plain[plain["metric"] != "seconds"].reset_index(drop=True)


def differs(report, expected):
    """Return what is wrong with a report that should hold these records."""
    try:
        found = measured(report)
    except RecordsError as error:
        return f"no report: {error}"
    return "" if found.equals(expected) else f"other records, {len(found)} instead of {len(expected)}"


def goes_on(run, out, expected):
    """Return what is wrong with a run that should end well, after whatever happened to its folder."""
    code = run.wait()
    if code != 0:
        return f"exit status {code} of the run after it: {run.output[-1500:]}"
    left = [str(path.relative_to(out)) for pattern in LEFTOVERS for path in out.rglob(pattern)]
    return differs(out / "report", expected) or (f"leaves {left}" if left else "")


def crashed(output, signs="INTERNALERROR|^Traceback|^E  .*Error|Segmentation fault"):
    """Return what was printed of a crash."""
    found = re.search(signs, output, re.MULTILINE)
    return f"printed {output[found.start() :][:1500]}" if found else ""


def unclear(sentence, *names):
    """Return what is wrong with the sentence of an error, which should name one of these."""
    if not sentence.isprintable() or not 10 < len(sentence) < LONGEST:
        return f"is no sentence: {sentence[:300]!r}"
    return "" if any(str(name) in sentence for name in names) else f"names none of {names}: {sentence}"
