"""The records of a run, and figures of them."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from veracity_bench.errors import UserError
from veracity_bench.reports.layout import figure_style
from veracity_bench.reports.layout.material import of_choice
from veracity_bench.reports.layout.small_print import add_small_print
from veracity_bench.reports.layout.source import source
from veracity_bench.reports.measurements.categories import TEXTS
from veracity_bench.reports.measurements.excerpts import read_excerpts
from veracity_bench.reports.measurements.records import read_run
from veracity_bench.reports.sections.order import figures
from veracity_bench.reports.tables import frame, tables

__all__ = ["draw", "read_manifest", "read_records", "read_tables"]


def read_records(run: Path | str) -> pd.DataFrame:
    """Return the records of a run's directory, one measured number per row; docs/records.md describes the columns.

    Raises UserError where they are missing, unreadable or of another schema.
    """
    return read_run(Path(run))[0].astype(dict.fromkeys(TEXTS, str))


def read_manifest(run: Path | str) -> dict[str, Any]:
    """Return what the run was about: nested settings, versions and content keys; raise UserError as above."""
    return read_run(Path(run))[1]


def read_tables(run: Path | str, names: Collection[str] = ()) -> dict[str, pd.DataFrame]:
    """Return tables of the board by name, such as "overall" or "ranking"; a row per explainer in most of them.

    By default all, which takes some seconds; those of these names at once.

    The 95 % interval of a column is in the columns "... low" and "... high" beside it; shares are in percent, numbers
    unrounded, what was not measured is missing. Raises UserError as above, and for a name that there is no table of.
    """
    return {name: frame(table) for name, table in tables(*read_run(Path(run)), names).items()}


def draw(run: Path | str, figure: str, explainers: Collection[str] = ()) -> Figure:
    """Return a figure of a run, for the explainers named or for a few that differ in kind; small print names the run.

    `figure` is one of "gap", "ranks", "curves", "localisation", "fidelity", "drawings", "stability", "budget" and
    "agreement". Raises UserError for another name, for an explainer that was not measured, and where the run has no
    such data.
    """
    known = figures()
    if figure not in known:
        raise UserError(f"There is no figure {figure!r}; there are {', '.join(known)}.")
    records, manifest = read_run(Path(run))
    material = of_choice(records, explainers, read_excerpts(Path(run)))
    with figure_style.styled():
        drawn = known[figure].draw(material)
        if drawn is None:
            raise UserError(f"The run {run} has no data for the figure {figure!r}.")
        add_small_print(drawn, source(Path(run), manifest))
    return drawn
