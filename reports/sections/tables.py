"""The tables that compare explainers; every one lists them in the same order, best mean flip first."""

from collections.abc import Mapping

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, decimal, label, number, percent, table
from veracity_bench.reports.layout.paper_rows import share, with_paper
from veracity_bench.reports.measurements.paper import Setting
from veracity_bench.reports.measurements.records import ATTACKS, DIRECTIONS
from veracity_bench.reports.scores import flags, normalised
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.measures import Measure

SETTINGS = [(attack, direction) for attack in ATTACKS for direction in DIRECTIONS]
NOBODY = "No explainer was asked, for want of an adversarial excerpt."
SHARES = (scores.FLIP_AT_3, scores.FLIP_POSITIVE, *scores.LOCALISATIONS)


def setting_title(attack: str, direction: str) -> str:
    """Put a setting in words, such as "waveform, no sing to sing"."""
    return f"{attack}, {direction_title(direction)}"


def direction_title(direction: str) -> str:
    """Put a direction in words, such as "no sing to sing"."""
    return direction.replace("_", " ").replace("nosing", "no sing")


def overall(records: pd.DataFrame) -> str:
    """Give every explainer a row, also if it failed, with every score over all settings."""
    headers, rows = overall_cells(records)
    texts = [column for column, header in enumerate(headers) if header in ("explainer", flags.TITLE)]
    return table(headers, rows, texts) if rows else NOBODY


def overall_cells(records: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    """Return the headers of the overall table and its rows: first the counts, then the explainers; none without any."""
    headers = ["explainer", scores.MEAN_FLIP.title, "normalised", *(measure.title for measure in SHARES)]
    headers += [scores.FIDELITY.title, *(measure.title for measure in scores.COSTS), "cases", "failed"]
    gains = normalised.gains(records)
    rows = [
        [label(name), *_overall_cells(group, gains[gains["explainer"] == name])]
        for name, group in scores.by_explainer(records).items()
    ]
    if not rows:
        return headers, []
    rows.insert(0, _counts(records, gains))
    raised = flags.raised(records)
    if not raised:
        return headers, rows
    flagged = [NOTHING, *(flags.words(raised.get(name, [])) for name in scores.explainers(records))]
    return [*headers, flags.TITLE], [[*row, words] for row, words in zip(rows, flagged, strict=True)]


def _counts(records: pd.DataFrame, gains: pd.DataFrame) -> list[str]:
    """Count the excerpts behind each score, whoever was asked about them."""
    chosen = [scores.MEAN_FLIP.select(records), gains[gains["room"] > 0]]
    chosen += [measure.select(records) for measure in (*SHARES, scores.FIDELITY, *scores.COSTS)]
    counts = [len(rows[scores.CASE].drop_duplicates()) for rows in chosen]
    return ["excerpts", *(str(count) if count else NOTHING for count in counts), NOTHING, NOTHING]


def _overall_cells(group: pd.DataFrame, gains: pd.DataFrame) -> list[str]:
    flips = [percent(scores.MEAN_FLIP.estimate(group)), percent(normalised.estimate(gains))]
    shares = [percent(measure.estimate(group)) for measure in SHARES]
    queries, seconds = (measure.median(group) for measure in scores.COSTS)
    cells = [*flips, *shares, decimal(scores.FIDELITY.estimate(group)), number(queries, ".0f"), number(seconds, ".3f")]
    if scores.measured(group).empty:
        cells = ["failed"] * len(cells)
    failures = int((group["metric"] == "failed").sum())
    return [*cells, str(scores.count_cases(group)), str(failures) if failures else NOTHING]


def by_setting(records: pd.DataFrame, measure: Measure, paper: Mapping[Setting, float] | None = None) -> str:
    """Show one score per attack and direction, and what the paper reports of it for LIME."""
    rows = [
        [label(name), *(percent(measure.estimate(scores.setting(group, *setting))) for setting in SETTINGS)]
        for name, group in scores.with_scores(records, measure).items()
    ]
    if paper:
        rows = with_paper(rows, [share(paper[setting]) for setting in SETTINGS], scores.n_segments(records))
    return table(["explainer", *(setting_title(*setting) for setting in SETTINGS)], rows)
