"""Are planted segments found? The paper's figure 3, and segments planted by the oracle or by the attack itself."""

from collections.abc import Callable, Mapping

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, label, percent, table
from veracity_bench.reports.layout.paper_rows import share, with_paper
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.paper import Setting
from veracity_bench.reports.measurements.rows import RANDOM
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.measures import PLANTED, Measure
from veracity_bench.reports.sections import conditions
from veracity_bench.reports.sections.tables import SETTINGS, setting_title
from veracity_bench.reports.statistics.estimates import Estimate, ratio_over_songs

BY_SETTING = """\
The paper's figure 3: the k segments of largest perturbation alone are perturbed, in excerpts whose prediction still \
flips; twelve subsets. In percent of the planted segments, but for the first row. The paper gives counts: here the \
shares that they make."""

OTHERWISE = """\
Segments that others planted, so that the truth does not come from the size of the perturbation. **Oracle**: the \
smallest set of segments that flips the prediction is perturbed alone, so each of them is needed. **Attack**: the \
attack itself was confined to k segments drawn at random, as Göpfert et al. (2019) did, on excerpts of its own and \
one by one, whatever the scope of the attack. In percent of the planted segments, but for the first row."""

CONFINED = "What came of the confined attacks:"

ORACLE_FOUND = Measure("planted by oracle", "oracle_found")
CONFINED_FOUND = tuple(Measure(f"planted by attack, {k}", "confined_found", k, points=k) for k in PLANTED)


def found(records: pd.DataFrame) -> Estimate | None:
    """Estimate the share of the planted segments that records of these found (k is how many were planted)."""
    songs = records.groupby("song")[["value", "k"]].sum()
    return ratio_over_songs(songs["value"], songs["k"])


def chance(records: pd.DataFrame, n: int) -> str:
    """Return the percentage of these planted segments that are among as many of n drawn at random."""
    planted = records.drop_duplicates([*scores.CASE, "k"])["k"]
    return f"{100 * (planted**2).sum() / (n * planted.sum()):.3g}" if len(planted) else NOTHING


def by_setting(records: pd.DataFrame) -> str:
    """Show the share found per attack and direction, one table for each number of planted segments."""
    parts = {k: _subsets(records, k) for k in PLANTED}
    shown = (f"### {k} planted segment{'s' * (k > 1)}\n\n{body}" for k, body in parts.items() if body != NOTHING)
    return "\n\n".join(shown) or NOTHING


def _subsets(records: pd.DataFrame, k: int) -> str:
    measure = Measure("found", "found", k)
    columns = {setting_title(*setting): _in_setting(setting) for setting in SETTINGS}
    rows = _rows(records, {title: (measure, chosen) for title, chosen in columns.items()})
    reported = [share(paper.found_share(setting, k)) for setting in SETTINGS]
    return table(["explainer", *columns], with_paper(rows, reported, scores.n_segments(records)))


def _in_setting(setting: Setting) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return lambda records: scores.setting(records, *setting)


def otherwise(records: pd.DataFrame) -> str:
    """Show the share found of what the oracle and what the attack planted, and how the confined attacks went."""
    columns = {measure.title: (measure, pd.DataFrame.copy) for measure in (ORACLE_FOUND, *CONFINED_FOUND)}
    known = {title: column for title, column in columns.items() if not column[0].select(records).empty}
    parts = [table(["found", *known], _rows(records, known))] if known else []
    attacks = confined_attacks(records)
    parts += [] if attacks == NOTHING else [CONFINED, attacks]
    return "\n\n".join(parts) or NOTHING


def _rows(
    records: pd.DataFrame, columns: Mapping[str, tuple[Measure, Callable[[pd.DataFrame], pd.DataFrame]]]
) -> list[list[str]]:
    """Count the excerpts, tell chance, and give every row of the board that has a number the shares that it found."""
    n = scores.n_segments(records)
    chosen = [choose(measure.select(records)) for measure, choose in columns.values()]
    if all(part.empty for part in chosen):
        return []
    names = [name for name in scores.explainers(records) if name != RANDOM]
    rows = [[label(name), *(percent(found(part[part["explainer"] == name])) for part in chosen)] for name in names]
    rows = [row for row in rows if set(row[1:]) != {NOTHING}]
    counts = [str(len(part[scores.CASE].drop_duplicates())) for part in chosen]
    return [["excerpts", *counts], ["chance", *(chance(part, n) for part in chosen)], *rows]


def confined_attacks(records: pd.DataFrame) -> str:
    """Show how often the confined attacks succeeded, by setting and number of segments."""
    headers = ["attack", "segments", *conditions.OUTCOMES]
    attacks = records[records["metric"].str.startswith("confined_") & (records["metric"] != "confined_found")]
    rows = []
    for setting in SETTINGS:
        for k, group in scores.setting(attacks, *setting).groupby("k"):
            rows.append([setting_title(*setting), str(k), *conditions.outcomes(group, "confined_")])
    return table(headers, rows, texts=(0, len(headers) - 1))
