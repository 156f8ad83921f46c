"""The tables that say under which conditions the scores came about: the attack, the failures, the run itself."""

from collections.abc import Iterator, Mapping

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, label, number, table
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.measures import Measure
from veracity_bench.reports.sections.tables import SETTINGS, setting_title

OUTCOMES = ("attempts", "successes", "success rate", "slots", "unfilled", "why unfilled")


def attacks(records: pd.DataFrame) -> str:
    """Show how often the attack succeeded, which case slots stayed empty and why, and what a success took."""
    headers = ["attack", *OUTCOMES, "median iterations", "median SNR (dB)", "success rate, paper"]
    attack = records[records["experiment"] == "attack"]
    cells = {setting: _attack_cells(scores.setting(attack, *setting)) for setting in SETTINGS}
    rows = [[setting_title(*s), *cells[s], number(paper.ATTACK_SUCCESS[s[0]], ".1%")] for s in SETTINGS]
    return table(headers, rows, texts=(0, len(OUTCOMES)))


def _attack_cells(records: pd.DataFrame) -> list[str]:
    iterations, snr = (Measure(metric, metric).median(records) for metric in ("iterations", "snr"))
    return [*outcomes(records), number(iterations, ".0f"), number(snr, ".1f")]


def outcomes(records: pd.DataFrame, prefix: str = "") -> list[str]:
    """Sum up what came of attacks, from metrics whose names have the prefix."""
    sums = records.groupby("metric")["value"].sum()
    counts = {name: sums.get(prefix + name) for name in ("attempts", "successes", "slots", "unfilled")}
    attempts, successes, slots, unfilled = (number(count, ".0f") for count in counts.values())
    tried, flipped = counts["attempts"], counts["successes"]
    rate = None if not tried or flipped is None else flipped / tried
    return [attempts, successes, number(rate, ".0%"), slots, unfilled, reasons(records, f"{prefix}unfilled")]


def reasons(records: pd.DataFrame, metric: str) -> str:
    """Tell why slots stayed empty, and how many for each reason."""
    empty = records[(records["metric"] == metric) & (records["value"] > 0)]
    counts = empty.groupby("reason")["value"].sum()
    return "; ".join(f"{reason}: {count:.0f}" for reason, count in counts.items()) or NOTHING


def failures(records: pd.DataFrame) -> str:
    """List what failed, in which experiments, how often and why."""
    failed = records[records["metric"] == "failed"]
    rows = []
    for kind, group in failed.groupby(["explainer", "reason"]):
        explainer, reason = map(str, kind)
        experiments = ", ".join(sorted(set(group["experiment"]) - {""}))
        rows.append([label(explainer) or "(no explainer)", experiments or NOTHING, str(len(group)), reason])
    return table(["explainer", "experiments", "times", "reason"], rows, texts=(0, 1, 3))


def explainers(about: Mapping[str, Mapping[str, str]]) -> str:
    """Say of every row that was asked what it sees, whose code it is, who describes it, and its settings."""
    columns = ("access", "library", "reference", "settings")
    rows = [[label(name), *(facts.get(c) or NOTHING for c in columns)] for name, facts in about.items()]
    return table(["name", *columns], rows, texts=range(1 + len(columns)))


def settings(section: object) -> str:
    """Show a part of the manifest, however nested, as a table of names and values."""
    rows = [[name, value] for name, value in _flatten("", section)]
    return table(["name", "value"], rows, texts=(0, 1))


def _flatten(prefix: str, section: object) -> Iterator[tuple[str, str]]:
    if isinstance(section, Mapping):
        for name, value in section.items():
            yield from _flatten(f"{prefix}.{name}" if prefix else str(name), value)
    elif isinstance(section, list | tuple):
        yield prefix, ", ".join(map(str, section))
    else:
        yield prefix, str(section)
