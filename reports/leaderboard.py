"""The leaderboard: one markdown page from the records and the manifest of a run alone.

``python -m veracity_bench.reports.leaderboard reports/latest`` renders the page again, without the detector or any explainer;
``--compare OLD NEW`` tells what changed from one run to another.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from veracity_bench.reports.compare import changes as compare
from veracity_bench.reports.compare import comparable
from veracity_bench.reports.measurements.excerpts import Excerpt, read_excerpts
from veracity_bench.reports.measurements.files import replace
from veracity_bench.reports.measurements.records import RecordsError, canonical, read_run
from veracity_bench.reports.measurements.rows import REFERENCES
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.sections import oracles, texts
from veracity_bench.reports.sections import order as sections

NO_FIGURES: Mapping[str, str] = {}


def write(
    file: Path, records: pd.DataFrame, manifest: Mapping[str, Any], excerpts: Sequence[Excerpt] = ()
) -> dict[Path, bytes]:
    """Write the board, and its figures to the folder ``figures`` beside it; those of an older board go.

    Returns what was drawn, by the paths from the board.
    """
    from veracity_bench.reports import figures  # noqa: PLC0415 - matplotlib takes a while to import, which the text need not wait for

    drawn = dict(figures.files(canonical(records), excerpts))
    shows = {path.stem: figures.SHOWS[path.stem] for path in drawn}
    replace(file, render(records, manifest, shows).encode())
    for path in figures.PATHS:
        if path in drawn:
            replace(file.parent / path, drawn[path])
        else:
            (file.parent / path).unlink(missing_ok=True)
    return drawn


def render(records: pd.DataFrame, manifest: Mapping[str, Any], shows: Mapping[str, str] = NO_FIGURES) -> str:
    """Render the whole board; it depends on the content of the records only, not on their order.

    ``shows`` says what the figures show that are drawn beside it, by their names.
    """
    records = canonical(records)
    page = [f"# {manifest.get('title', 'Veracity Bench')}", introduction(records, manifest)]
    page += [f"## {title}\n\n{body}" for title, body in sections.all_of(records, manifest, shows).items() if body]
    return "\n\n".join(page) + "\n"


def introduction(records: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """Ask the question, and say in a paragraph what was measured."""
    if records.empty:
        return f"{texts.QUESTION} Nothing was measured."
    cases = scores.cases(records)
    counts = {"adversarial excerpts": len(cases), "songs with a case": cases["song"].nunique()}
    facts = [f"{name}: {value}" for name, value in {**manifest.get("measured", {}), **counts}.items()]
    paragraph = f"{texts.QUESTION} Measured on {'; '.join([*facts, _rows(records)])}."
    return f"{paragraph} {texts.fill(texts.NO_ORACLE, records)}" if oracles.missing(records) else paragraph


def _rows(records: pd.DataFrame) -> str:
    references = [name in REFERENCES for name in scores.by_explainer(records)]
    return f"{_count(references.count(False), 'explainer')}, {_count(references.count(True), 'reference')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def main(arguments: list[str] | None = None) -> None:
    """Render the records of a run to a file with figures beside it, or the page alone to the standard output.

    Or tell what changed from one run to another; runs that cannot be compared end with status 2.
    """
    parser = argparse.ArgumentParser(prog="python -m veracity_bench.reports.leaderboard", description=main.__doc__)
    parser.add_argument("records", type=Path, nargs="?", help="directory of a run, or its records.parquet")
    parser.add_argument(
        "--output", type=Path, help="file to write, with figures beside it, instead of the standard output"
    )
    parser.add_argument("--compare", type=Path, nargs=2, metavar=("OLD", "NEW"), help="tell what changed between runs")
    parser.add_argument(
        "--fail-if-worse",
        action="store_true",
        help="end with status 1 if an explainer surely lost mean flip or fails anew",
    )
    options = parser.parse_args(arguments)
    if (options.records is None) == (options.compare is None):
        parser.error("give the records of a run, or --compare OLD NEW")
    if options.compare:
        _compare(parser, options.compare, options.fail_if_worse)
        return
    try:
        run = read_run(options.records)
        excerpts = read_excerpts(options.records if options.records.is_dir() else options.records.parent)
    except RecordsError as error:
        raise SystemExit(str(error)) from error
    if options.output:
        write(options.output, *run, excerpts)
    else:
        print(render(*run), end="")


def _compare(parser: argparse.ArgumentParser, paths: Sequence[Path], fail_if_worse: bool) -> None:
    try:
        old, new = map(read_run, paths)
    except RecordsError as error:
        parser.exit(2, f"{error}\n")
    if sentence := comparable.obstacle(old, new):
        parser.exit(2, f"{sentence}\n")
    print(compare.report(old, new), end="")
    if fail_if_worse and compare.worse(old, new):
        parser.exit(1)


if __name__ == "__main__":
    main()
