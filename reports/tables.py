"""The tables of the board as data: CSV, LaTeX and JSON, numbers and their intervals in columns of their own.

``veracity-bench tables reports/latest --format latex --output tables`` writes a file for each.
"""

import argparse
import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from tabulate import tabulate

from veracity_bench.reports.layout.markdown import NOTHING, unmarked
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.source import source
from veracity_bench.reports.layout.tables import Quantity, Table, parts_of
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.files import replace
from veracity_bench.reports.measurements.folder import check_outside
from veracity_bench.reports.measurements.records import read_run
from veracity_bench.reports.sections import order

SUFFIXES = {"csv": "csv", "latex": "tex", "json": "json"}
Content = float | str | None


def tables(records: pd.DataFrame, manifest: Mapping[str, Any], names: Collection[str] = ()) -> dict[str, Table]:
    """Return tables of the board by their names, those of their sections' files and of their parts: by default all.

    Raises RecordsError for a name that there is no table of.
    """
    material, found = Material(records, manifest=manifest), dict[str, Table]()
    for section, shown in order.by_name().items():
        if not names or any(name.startswith(_slug(section)) for name in names):
            for part in parts_of(shown.table(material)):
                found[_free(_slug(f"{section} {part.title}"), found)] = part
    if unknown := [name for name in names if name not in found]:
        known = ", ".join(tables(records, manifest)) or "none"
        raise RecordsError(f"The run has no table {unknown[0]!r}; it has {known}.")
    return {name: found[name] for name in names or found}


def _slug(title: str) -> str:
    return re.sub(r"[\W_]+", "-", title.lower()).strip("-")


def _free(name: str, taken: Collection[str]) -> str:
    """Return a name that is not taken: this one, or with a number from 2 on."""
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(free for free in (name, *numbered) if free not in taken)


def frame(table: Table) -> pd.DataFrame:
    """Return a table with a row per explainer, or what else its first column names.

    Where any cell of a column has an interval, the columns "... low" and "... high" follow. Numbers are those behind
    the cells, unrounded, shares in percent as on the board; "-" is missing.
    """
    columns: dict[str, list[Content]] = {}
    for place, header in enumerate(map(unmarked, table.headers)):
        cells = [row[place] for row in table.rows]
        columns[header] = list(map(_content, cells))
        intervals = [cell.interval if isinstance(cell, Quantity) else None for cell in cells]
        if any(intervals):
            columns[f"{header} low"] = [ends[0] if ends else None for ends in intervals]
            columns[f"{header} high"] = [ends[1] if ends else None for ends in intervals]
    shown = pd.DataFrame(columns)
    return shown.set_index(shown.columns[0])


def _content(cell: str) -> Content:
    if isinstance(cell, Quantity):
        return cell.value
    text = unmarked(cell)
    if text == NOTHING:
        return None
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


def encoded(name: str, table: Table, kind: str, run: str) -> str:
    """Write a table as "csv", "latex" or "json", bound to the run of this name."""
    if kind == "latex":
        cells = [[unmarked(cell) for cell in row] for row in (table.headers, *table.rows)]
        alignment = ["left", *["right"] * (len(table.headers) - 1)]
        body = tabulate(cells[1:], cells[0], tablefmt="latex_booktabs", disable_numparse=True, colalign=alignment)
        return f"% {name}: {' '.join(run.split())}\n{body}\n"
    rows = frame(table)
    if kind == "csv":
        return rows.assign(run=run).to_csv(lineterminator="\n")
    listed = json.loads(rows.reset_index().to_json(orient="records", double_precision=15))
    return json.dumps({"table": name, "run": run, "rows": listed}, indent=1, ensure_ascii=False) + "\n"


def main(arguments: list[str] | None = None) -> None:
    """Write tables of the board to a folder, a file each, or to the standard output."""
    parser = argparse.ArgumentParser(prog="veracity-bench tables", description=main.__doc__)
    parser.add_argument("run", type=Path, help="directory of a run, or its records.parquet")
    parser.add_argument("--format", choices=SUFFIXES, default="csv", help="%(choices)s (default: %(default)s)")
    parser.add_argument("--table", action="append", default=[], help="such as overall, repeatable; else all")
    parser.add_argument("--output", type=Path, help="folder to write to, a file per table; else the standard output")
    options = parser.parse_args(arguments)
    try:
        records, manifest = read_run(options.run)
        run, shown = source(options.run, manifest), tables(records, manifest, options.table)
        texts = {name: encoded(name, table, options.format, run) for name, table in shown.items()}
        if options.output is None:
            print("\n".join(texts.values()), end="")
            return
        check_outside(options.output)
        for name, text in texts.items():
            file = options.output / f"{name}.{SUFFIXES[options.format]}"
            replace(file, text.encode())
            print(file)
    except (OSError, RecordsError) as error:
        raise SystemExit(str(error)) from error
