"""The leaderboard: one markdown page from the records and the manifest of a run alone.

``python -m reports.leaderboard reports/latest`` renders the page again, without the detector or any explainer.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from reports import oracles, scores, sections, texts
from reports.excerpts import Excerpt, read_excerpts
from reports.files import replace
from reports.records import RecordsError, canonical, read_run
from reports.references import REFERENCES

NO_FIGURES: Mapping[str, str] = {}


def write(file: Path, records: pd.DataFrame, manifest: Mapping[str, Any], excerpts: Sequence[Excerpt] = ()) -> None:
    """Write the board, and its figures to the folder ``figures`` beside it; those of an older board go."""
    from reports import figures  # noqa: PLC0415 - matplotlib takes a while to import, which the text need not wait for

    drawn = dict(figures.files(canonical(records), excerpts))
    shows = {path.stem: figures.SHOWS[path.stem] for path in drawn}
    replace(file, render(records, manifest, shows).encode())
    for path in figures.PATHS:
        if path in drawn:
            replace(file.parent / path, drawn[path])
        else:
            (file.parent / path).unlink(missing_ok=True)


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
    """Render the records of a run to a file with figures beside it, or the page alone to the standard output."""
    parser = argparse.ArgumentParser(prog="python -m reports.leaderboard", description=main.__doc__)
    parser.add_argument("records", type=Path, help="directory of a run, or its records.parquet")
    parser.add_argument(
        "--output", type=Path, help="file to write, with figures beside it, instead of the standard output"
    )
    options = parser.parse_args(arguments)
    try:
        run = read_run(options.records)
        excerpts = read_excerpts(options.records if options.records.is_dir() else options.records.parent)
    except RecordsError as error:
        raise SystemExit(str(error)) from error
    if options.output:
        write(options.output, *run, excerpts)
    else:
        print(render(*run), end="")


if __name__ == "__main__":
    main()
