"""The sections of the board in their order: every file of this folder is one, with its `SECTION`.

A section that is not named here is shown after the experiments and before the accounts.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from veracity_bench.reports.layout.section import NamedFigure, Section

SUMMARY = (
    "overall",
    "overall_by_direction",
    "paper_claims",
    "claims_by_direction",
    "gap",
    "how_to_read",
    "known_answers",
    "ranking",
)
QUESTIONS = ("claims_by_question", "baseline_margins", "contrastive")  # what explanations answer
PAPER = (  # the paper's experiments, in its order
    "detector",
    "stability",
    "baseline_values",
    "drawings",
    "flip_at_3",
    "flip_at_k",
    "flip_positive",
    "flip_positive_controlled",
    "localisation",
    "fidelity",
)
BEYOND = (  # further experiments
    "normalised_flip",
    "localisation_ceiling",
    "localisation_alternatives",
    "smallest_sets",
    "way_to_threshold",
    "budget",
    "agreement",
    "sanity",
    "scaffold",
)
ACCOUNTS = ("attack", "failures", "not_applicable", "explainers", "run", "timing")
FIGURES = ("gap", "ranks", "curves", "localisation", "fidelity", "drawings", "stability", "budget", "agreement")


@cache
def by_name() -> Mapping[str, Section]:
    """Import all sections, in the order of the board, by the names of their files."""
    found = {module.name for module in iter_modules([str(Path(__file__).parent)])} - {Path(__file__).stem}
    return {name: import_module(f"{__package__}.{name}").SECTION for name in ordered(found)}


def sections() -> tuple[Section, ...]:
    """Return all sections, in the order of the board."""
    return tuple(by_name().values())


def ordered(names: set[str]) -> list[str]:
    """Put the names of sections in the order of the board."""
    named = (*SUMMARY, *QUESTIONS, *PAPER, *BEYOND)
    return [*named, *sorted(names - {*named, *ACCOUNTS}), *ACCOUNTS]


def figures() -> dict[str, NamedFigure]:
    """Return the figures of all sections by their names, those that `FIGURES` names first, in its order."""
    found = {section.figure.name: section.figure for section in sections() if section.figure}
    return {name: found[name] for name in (*FIGURES, *(name for name in found if name not in FIGURES))}
