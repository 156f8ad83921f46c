"""The command that renders the page of a run again."""

import argparse
from pathlib import Path

from veracity_bench.reports.layout.source import source
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.excerpts import read_excerpts
from veracity_bench.reports.measurements.folder import changed
from veracity_bench.reports.measurements.manifest import PAGE
from veracity_bench.reports.measurements.records import read_run
from veracity_bench.reports.page import write


def main(arguments: list[str] | None = None) -> None:
    """Render the records and excerpts of a run to one HTML file."""
    parser = argparse.ArgumentParser(prog="veracity-bench page", description=main.__doc__)
    parser.add_argument("run", type=Path, help="directory of a run")
    parser.add_argument("--output", type=Path, required=True, help="file to write")
    parser.add_argument("--silent", action="store_true", help="leave out the sounds, which may not be yours to publish")
    options = parser.parse_args(arguments)
    try:
        run, excerpts = read_run(options.run), read_excerpts(options.run)
        with changed(options.output, options.run, PAGE) as file:
            write(file, *run, excerpts, silent=options.silent, source=source(options.run, run[1]))
        print(options.output)
    except (OSError, RecordsError) as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
