"""How do time and memory grow with the number of songs, from collection to the report?

The songs are copies, their records those of a published run with noise, so nothing is explained. Every stage runs in a
process of its own. The report at a hundred times the songs takes minutes and gigabytes.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from veracity_bench.benchmarks.growth.child import Measured, run
from veracity_bench.benchmarks.growth.render import render
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.manifest import read_manifest

STAGES = {  # in order: each finds what those before it have left in the folder
    "collection": "running:collect",
    "controller": "running:schedule",
    "records": "reporting:collect_records",
    "board": "reporting:board",
    "figures": "reporting:draw",
    "page": "reporting:browse",
    "report": "reporting:report",
}
PREPARATION = "prepare:prepare"
UNPREPARED = "Nothing was measured at {times} times the songs: copies of them could not be made, for the reason above."


def main(arguments: list[str] | None = None) -> None:
    """Measure, print a row as soon as it is known and the table at the end, and write the JSON."""
    options = _parser().parse_args(arguments)
    try:
        read_manifest(options.run)
    except RecordsError as error:
        raise SystemExit(str(error)) from error
    found = dict(_measured(options))
    if found:
        print(render(found), end="")
    if options.output:
        listed = {str(times): {name: vars(one) for name, one in stages.items()} for times, stages in found.items()}
        options.output.write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
    if unprepared := [str(times) for times in options.times if times not in found]:
        raise SystemExit(UNPREPARED.format(times=", ".join(unprepared)))


def _measured(options: argparse.Namespace) -> Iterator[tuple[int, dict[str, Measured]]]:
    """Measure the stages, by how many times the songs; leave out what copies of them could not be made for."""
    for times in options.times:
        with tempfile.TemporaryDirectory(prefix="veracity-bench-growth-") as folder:
            prepared = run(PREPARATION, Path(folder), options.limit, str(options.run.resolve()), str(times))
            if prepared != Measured():
                yield times, {name: _stage(name, times, Path(folder), options) for name in options.stage or STAGES}


def _stage(name: str, times: int, folder: Path, options: argparse.Namespace) -> Measured:
    measured = run(STAGES[name], folder, options.limit)
    print(f"{times} times, {name}: {measured}", flush=True)
    return measured


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("veracity-bench growth", description=__doc__.partition("\n")[0])
    parser.add_argument("run", type=Path, help="directory of the run whose songs are copied")
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10, 100], help="the songs (1 10 100)")
    parser.add_argument("--stage", action="append", choices=STAGES, help="repeatable; else all")
    parser.add_argument("--limit", type=float, default=1800, help="seconds of a stage at most (%(default)s)")
    parser.add_argument("--output", type=Path, help="a JSON file to write")
    return parser


if __name__ == "__main__":
    main()
