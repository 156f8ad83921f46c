"""The flips by attack and direction: the paper's table 1, its figure 2 and its table 2, with its numbers beside."""

from collections.abc import Mapping

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, label, number, table
from veracity_bench.reports.layout.paper_rows import with_paper
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.paper import Setting
from veracity_bench.reports.measurements.rows import DELTA_NORM, LIME
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.sections.tables import SETTINGS, by_setting, setting_title

AT_3 = "The paper's table 1. In percent of the excerpts."

POSITIVE = "The paper's table 2. In percent of the excerpts."

CONTROLLED = """\
The other half of the paper's table 2: each row lets delta-norm choose as many segments as that explainer weighs \
positively."""

CURVES = "The paper's figure 2. In percent of the excerpts."

PAPER_CURVES: Mapping[str, Mapping[Setting, tuple[int, ...]]] = {
    LIME: paper.FLIP_AT_K_LIME,
    DELTA_NORM: paper.FLIP_AT_K_NORM,
}


def at_3(records: pd.DataFrame) -> str:
    """Show flip@3 per attack and direction."""
    return by_setting(records, scores.FLIP_AT_3, paper.FLIP_AT_3)


def positive(records: pd.DataFrame) -> str:
    """Show the flips of all positively weighted segments per attack and direction."""
    own = {setting: lime for setting, (lime, _) in paper.FLIP_POSITIVE.items()}
    return by_setting(records, scores.FLIP_POSITIVE, own)


def controlled(records: pd.DataFrame) -> str:
    """Show the flips of as many segments, chosen by delta-norm, for all but delta-norm itself."""
    norm = {setting: norm for setting, (_, norm) in paper.FLIP_POSITIVE.items()}
    return by_setting(records[records["explainer"] != DELTA_NORM], scores.FLIP_POSITIVE_NORM, norm)


def curves(records: pd.DataFrame) -> str:
    """Show the flip@k curves, one table per attack and direction that has any, in percent."""
    flips = scores.with_scores(records, scores.MEAN_FLIP)
    n = scores.n_segments(records)
    parts = {setting: _curve(flips, setting, n) for setting in SETTINGS}
    shown = (f"### {setting_title(*setting)}\n\n{body}" for setting, body in parts.items() if body != NOTHING)
    return "\n\n".join(shown) or NOTHING


def _curve(flips: Mapping[str, pd.DataFrame], setting: Setting, n: int) -> str:
    rows = []
    for name, group in flips.items():
        shares = scores.setting(group, *setting).groupby("k")["value"].mean()
        rows.append([label(name), *(number(shares.get(k), ".0%").rstrip("%") for k in range(1, n + 1))])
    if all(cell == NOTHING for _, *cells in rows for cell in cells):
        return NOTHING
    for name, known in PAPER_CURVES.items():
        rows = with_paper(rows, list(map(str, known[setting])), n, name)
    return table(["k", *map(str, range(1, n + 1))], rows)
