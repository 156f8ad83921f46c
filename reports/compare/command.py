"""The command that shows what changed from one run to another."""

import argparse
from pathlib import Path

from veracity_bench.reports.compare import changes
from veracity_bench.reports.compare.comparable import obstacle
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.records import read_run


def main(arguments: list[str] | None = None) -> None:
    """Show what changed from one run to another; runs that cannot be compared end with status 2."""
    parser = argparse.ArgumentParser(prog="veracity-bench compare", description=main.__doc__)
    parser.add_argument("old", type=Path, help="directory of a run, or its records.parquet")
    parser.add_argument("new", type=Path, help="directory of another run, or its records.parquet")
    parser.add_argument(
        "--fail-if-worse",
        action="store_true",
        help="end with status 1 if an explainer surely lost mean flip or fails where it did not",
    )
    options = parser.parse_args(arguments)
    try:
        old, new = read_run(options.old), read_run(options.new)
    except RecordsError as error:
        parser.exit(2, f"{error}\n")
    if sentence := obstacle(old, new):
        parser.exit(2, f"{sentence}\n")
    print(changes.report(old, new), end="")
    if options.fail_if_worse and changes.worse(old, new):
        parser.exit(1)
