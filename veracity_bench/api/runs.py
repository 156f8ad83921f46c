"""The records of a run, and figures of them."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from veracity_bench.reports.measurements.records import read_run

__all__ = ["draw", "read_manifest", "read_records"]


def read_records(run: Path) -> pd.DataFrame:
    """Return the records of a run's directory, one measured number per row; docs/records.md describes the columns.

    Raises UserError where they are missing, unreadable or of another schema.
    """
    return read_run(Path(run))[0]


def read_manifest(run: Path) -> dict[str, Any]:
    """Return what the run was about: nested settings, versions and content keys; raise UserError as above."""
    return read_run(Path(run))[1]
