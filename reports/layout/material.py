"""What sections are made from, and which explainers their figures show where there is no room for all."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.excerpts import Excerpt
from veracity_bench.reports.measurements.rows import FOUND, ORACLE, RANDOM, REFERENCES
from veracity_bench.reports.scores import board_rows, measured_cases

PREFERRED = ("lime", "kernel-shap", "occlusion", "deep-lift", "saliency")  # each of another kind
MOST = len(PREFERRED)


@dataclass(frozen=True, eq=False)
class Material:
    """The records of a run, the explainers chosen for figures, in the order of the board, its excerpts and manifest.

    Figures that have room for all explainers show all, unless they are ``limited`` to those chosen.
    """

    records: pd.DataFrame
    chosen: Sequence[str] = ()
    excerpts: Sequence[Excerpt] = ()
    manifest: Mapping[str, Any] = field(default_factory=dict)
    limited: bool = False

    def shows(self, name: str) -> bool:
        """Return whether figures show an explainer where they have room for all."""
        return not self.limited or name in self.chosen


def of_choice(records: pd.DataFrame, names: Collection[str], excerpts: Sequence[Excerpt] = ()) -> Material:
    """Limit figures to the explainers named; without any, a few are chosen where there is no room for all.

    Raises RecordsError for one that was not measured.
    """
    chosen = choice(records, names) if names else default_choice(records)
    return Material(records, chosen, excerpts, limited=bool(names))


def default_choice(records: pd.DataFrame) -> list[str]:
    """Choose a few explainers that differ in kind; where these were not measured, the best by mean flip."""
    known = [name for name in board_rows.explainers(measured_cases.measured(records)) if name not in REFERENCES]
    preferred = [name for name in known if name in PREFERRED]
    chosen = {*preferred, *[name for name in known if name not in PREFERRED][: MOST - len(preferred)]}
    return [name for name in known if name in chosen]


def choice(records: pd.DataFrame, names: Iterable[str]) -> list[str]:
    """Put the explainers named in the order of the board; raises RecordsError for one that was not measured."""
    known = [
        name for name in board_rows.explainers(measured_cases.measured(records)) if name not in (ORACLE, FOUND, RANDOM)
    ]
    names = list(names)
    if unknown := [name for name in names if name not in known]:
        raise RecordsError(f"These records have no explainer {unknown[0]!r}; they have {', '.join(known) or 'none'}.")
    return [name for name in known if name in names]
