"""The tables that compare explainers; every one lists them in the same order, best mean flip first."""

import pandas as pd

from reports import normalised, scores
from reports.markdown import NOTHING, decimal, label, number, percent, table
from reports.records import ATTACKS, DIRECTIONS
from reports.scores import Measure

SETTINGS = [(attack, direction) for attack in ATTACKS for direction in DIRECTIONS]
NOBODY = "No explainer was asked, for want of an adversarial excerpt."
SHARES = (scores.FLIP_AT_3, scores.FLIP_POSITIVE, *scores.LOCALISATIONS)


def setting_title(attack: str, direction: str) -> str:
    """Put a setting in words, such as "waveform, no sing to sing"."""
    return f"{attack}, {direction.replace('_', ' ').replace('nosing', 'no sing')}"


def overall(records: pd.DataFrame) -> str:
    """Give every explainer a row, also if it failed, with every score over all settings."""
    headers, rows = overall_cells(records)
    return table(headers, rows) if rows else NOBODY


def overall_cells(records: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    """Return the headers of the overall table and its rows: first the counts, then the explainers; none without any."""
    headers = ["explainer", scores.MEAN_FLIP.title, "normalised", *(measure.title for measure in SHARES)]
    headers += [scores.FIDELITY.title, *(measure.title for measure in scores.COSTS), "cases", "failed"]
    gains = normalised.gains(records)
    rows = [
        [label(name), *_overall_cells(group, gains[gains["explainer"] == name])]
        for name, group in scores.by_explainer(records).items()
    ]
    return headers, [_counts(records, gains), *rows] if rows else []


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


def by_setting(records: pd.DataFrame, measure: Measure) -> str:
    """Show one score per attack and direction."""
    rows = [
        [label(name), *(percent(measure.estimate(scores.setting(group, *setting))) for setting in SETTINGS)]
        for name, group in scores.with_scores(records, measure).items()
    ]
    return table(["explainer", *(setting_title(*setting) for setting in SETTINGS)], rows)


def curves(records: pd.DataFrame) -> str:
    """Show the flip@k curves, one table per attack and direction that has any, in percent."""
    flips = scores.MEAN_FLIP.select(records)
    settings = [setting for setting in SETTINGS if not scores.setting(flips, *setting).empty]
    parts = (f"### {setting_title(*setting)}\n\n{_curve(records, *setting)}" for setting in settings)
    return "\n\n".join(parts) or NOTHING


def _curve(records: pd.DataFrame, attack: str, direction: str) -> str:
    rows, ks = [], range(1, scores.n_segments(records) + 1)
    for name, group in scores.with_scores(records, scores.MEAN_FLIP).items():
        shares = scores.setting(group, attack, direction).groupby("k")["value"].mean()
        rows.append([label(name), *(number(shares.get(k), ".0%").rstrip("%") for k in ks)])
    return table(["k", *map(str, ks)], rows)


def right_and_wrong(records: pd.DataFrame) -> str:
    """Compare the fidelity of explanations that found the one planted segment with that of the others."""
    rows = []
    for name, group in scores.by_explainer(records).items():
        right, wrong = scores.fidelity_by_success(group)
        if right.size + wrong.size:
            rows.append([label(name), _quartiles(right), str(right.size), _quartiles(wrong), str(wrong.size)])
    return table(["explainer", "right", "n right", "wrong", "n wrong"], rows)


def _quartiles(values: "pd.Series[float]") -> str:
    if values.empty:
        return NOTHING
    low, middle, high = values.quantile([0.25, 0.5, 0.75])
    return f"{middle:.2f} [{low:.2f}, {high:.2f}]"
