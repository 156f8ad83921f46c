"""The introduction of a board: its question, what was measured, and why it may not be relied on."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from veracity_bench.reports.layout import markdown
from veracity_bench.reports.layout.templates import fill
from veracity_bench.reports.measurements.columns import ATTACK, FAILED, KNOWN_ANSWERS
from veracity_bench.reports.measurements.conditions import conditions, direction_in_words, directions, of_singing
from veracity_bench.reports.measurements.rows import REFERENCES
from veracity_bench.reports.scores import board_rows, measured_cases

QUESTION = """\
Which explanation methods name what changed an audio classifier's decision, and what are their misses made of? {what} \
An adversarial attack changes the excerpt until the {subject} changes its prediction, so the cause of the new \
prediction is known, and a good explainer must find it."""
SINGING = {"what": "A detector classifies whether an excerpt of music contains singing.", "subject": "detector"}
OTHERS = {"what": "A classifier that came trained predicts the class of an excerpt.", "subject": "classifier"}

UNCALIBRATED = """\
**Do not rely on this board: its calibration failed.** A method that is exact did not get what theory demands of it, \
or could not be measured, so any number below may be wrong; see Failures."""

NO_ORACLE = """\
Bounds in place of the oracle, and no exact references: this detector's coalitions take a forward pass each, and \
there are 2^{n}. *best-found* is the least that an oracle reaches; the most is left open, and normalised scores are \
ranges."""

NO_CASES = """\
**Nothing is scored: no attack changed the {subject}'s prediction of any excerpt.** The section "The attack" has the \
reasons, the terminal how near the attempts came."""

INCOMPLETE = "**Do not take this board for a whole one, its run is incomplete: {why}.**"


def introduction(records: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """Pose the question, and describe in a paragraph what was measured."""
    if records.empty:
        return f"{QUESTION.format(**SINGING)} Nothing was measured."
    measured = dict(manifest.get("measured", {}))
    stopped = measured.pop("incomplete", "")
    warning = f"{INCOMPLETE.format(why=stopped)} " if stopped else ""
    warning += f"{UNCALIBRATED} " if _uncalibrated(records) else ""
    cases = measured_cases.cases(records)
    by_direction = [f"{(cases['direction'] == d).sum()} {direction_in_words(d)}" for d in directions(records)]
    counts = {
        "adversarial excerpts": f"{len(cases)} ({', '.join(by_direction)})",
        "songs with a case": cases["song"].nunique(),
    }
    facts = [markdown.plain(f"{name}: {value}") for name, value in {**measured, **counts}.items()]
    words = SINGING if of_singing(records) else OTHERS
    warning += f"{NO_CASES.format(**words)} " if cases.empty and ATTACK in set(records["experiment"]) else ""
    question = QUESTION.format(**words)
    paragraph = f"{warning}{question} Measured on {'; '.join([*facts, _rows(records)])}."
    further = [*_missing(cases, records), *([fill(NO_ORACLE, records)] if board_rows.without_oracle(records) else [])]
    return " ".join([paragraph, *further])


def _missing(cases: pd.DataFrame, records: pd.DataFrame) -> list[str]:
    """State which conditions have no case, so that no score is taken for one over all of them."""
    missing = [condition.words for condition in conditions(records) if condition.select(cases).empty]
    if cases.empty or not missing:
        return []
    return [f"There is no adversarial excerpt for {'; '.join(missing)}: no score over all conditions includes it."]


def _uncalibrated(records: pd.DataFrame) -> bool:
    """Return whether some known answer was not found."""
    return bool(((records["experiment"] == KNOWN_ANSWERS) & (records["metric"] == FAILED)).any())


def _rows(records: pd.DataFrame) -> str:
    references = [name in REFERENCES for name in board_rows.explainers(records)]
    return f"{_count(references.count(False), 'explainer')}, {_count(references.count(True), 'reference')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
