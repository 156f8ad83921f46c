"""The command that shows what changed from one run to another, and writes both on one page."""

import argparse
from pathlib import Path

from veracity_bench.reports.compare import changes
from veracity_bench.reports.compare.comparable import obstacle
from veracity_bench.reports.compare.side_by_side import Side, render
from veracity_bench.reports.layout.source import source
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.excerpts import read_excerpts
from veracity_bench.reports.measurements.files import replace
from veracity_bench.reports.measurements.folder import check_outside
from veracity_bench.reports.measurements.records import read_run


def main(arguments: list[str] | None = None) -> None:
    """Show what changed from one run to another; runs that cannot be compared end with status 2.

    With --page both are written side by side to a page, also where they cannot be compared.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        old, new = read_run(options.old), read_run(options.new)
        if options.page:
            _write(options.page, _side(options.old, old), _side(options.new, new))
            print(options.page)
    except (OSError, RecordsError) as error:
        parser.exit(2, f"{error}\n")
    if sentence := obstacle(old, new):
        parser.exit(0 if options.page and not options.fail_if_worse else 2, f"{sentence}\n")
    if not options.page:
        print(f"# What changed\n\n{changes.report(old, new)}", end="")
    if options.fail_if_worse and changes.worse(old, new):
        parser.exit(1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="veracity-bench compare", description=(main.__doc__ or "").partition("\n")[0])
    parser.add_argument("old", type=Path, help="directory of a run, or its records.parquet")
    parser.add_argument("new", type=Path, help="directory of another run, or its records.parquet")
    parser.add_argument("--page", type=Path, help="write both side by side to this HTML file, also where they differ")
    parser.add_argument(
        "--fail-if-worse",
        action="store_true",
        help="end with status 1 if an explainer surely lost mean flip, has it on fewer cases or fails where it did not",
    )
    return parser


def _side(path: Path, run: changes.Run) -> Side:
    folder = path if path.is_dir() else path.parent
    return Side(folder.resolve().name, *run, read_excerpts(folder), source(path, run[1]))


def _write(file: Path, a: Side, b: Side) -> None:
    check_outside(file.parent)
    replace(file, render(a, b).encode())
