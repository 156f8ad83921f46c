"""The documentation of the records' schema, written from the columns and from the metrics that sections declare."""

import argparse
from pathlib import Path

from veracity_bench.reports.layout.markdown import table
from veracity_bench.reports.measurements.columns import FIELDS
from veracity_bench.reports.measurements.files import replace
from veracity_bench.reports.measurements.metrics import Metric
from veracity_bench.reports.measurements.records import SCHEMA_VERSION
from veracity_bench.reports.sections.order import sections

INTRODUCTION = f"""\
# Records

A run writes `records.parquet`, one measured number per row, and `manifest.json`. This page is written by \
`veracity-bench schema`, from the columns in `reports/measurements/columns.py` and from the metrics that the sections \
of the board declare, in `reports/sections/`. A record with another metric, or out of its range, is refused. \
Version of the schema: {SCHEMA_VERSION}.

All excerpts of a run have the same number n of segments. The experiment "oracle" records the rows "oracle" and \
"random", the bounds of a flip. Where the 2^n sets of segments are too many for a forward pass each, it records \
"best-found" in place of the oracle; else it also records facts about a case, which concern no explainer. Metrics of \
planted segments exist for those cases only that these segments flip; what "random" finds of them, as expected, is \
recorded by whichever experiment plants them. Only a failure may lack its coordinates: a process that died cannot name \
its case."""


def render() -> str:
    """Return the documentation, in markdown."""
    columns = table(["column", "type", "meaning"], [[f.name, f.kind, f.text] for f in FIELDS], texts=range(3))
    parts = [INTRODUCTION, f"## Columns\n\n{columns}", "## Metrics"]
    for section in sections():
        if section.metrics:
            rows = table(["metric", "k", "range", "unit", "meaning"], list(map(_row, section.metrics)), texts=range(5))
            parts.append(f"### {section.title}\n\n{rows}")
    return "\n\n".join(parts) + "\n"


def _row(metric: Metric) -> list[str]:
    return [metric.name, metric.k.words, str(metric.range), metric.unit, metric.text]


def main(arguments: list[str] | None = None) -> None:
    """Write the documentation of the records' schema."""
    parser = argparse.ArgumentParser(prog="veracity-bench schema", description=main.__doc__)
    parser.add_argument("file", type=Path, help="the file to write, docs/records.md in the repository")
    parser.add_argument("--check", action="store_true", help="change nothing, and fail where something would change")
    options = parser.parse_args(arguments)
    text = render()
    if not options.check:
        replace(options.file, text.encode())
    elif not options.file.is_file() or options.file.read_text(encoding="utf-8", errors="replace") != text:
        raise SystemExit(f"{options.file} is not what veracity-bench schema {options.file} writes.")


if __name__ == "__main__":
    main()
