"""Does fidelity tell a right explanation from a wrong one? The paper's section 5.4 and figure 4, in both directions."""

from collections.abc import Sequence

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, decimal, label, table
from veracity_bench.reports.layout.paper_rows import with_paper
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.records import ATTACKS, DIRECTIONS
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.sections.tables import direction_title
from veracity_bench.reports.statistics.auroc import auroc

INTRODUCTION = """\
One planted segment; an explanation is right if that segment is its top one (by chance: {chance} %). Median \
[quartiles] of the fidelity. **AUROC** is how often, of a right and a wrong explanation of the same attack, the right \
one has the larger fidelity, with its interval over songs: 1 = fidelity tells them apart, 0.5 = it is of no use, below \
0.5 = the wrong ones have the larger fidelity; "-" where all of an attack are right or all are wrong. The paper's \
numbers are for one attack each, read off its figure 4."""


def right_and_wrong(records: pd.DataFrame) -> str:
    """Compare the fidelity of explanations that found the one planted segment with that of the others, by direction."""
    parts = {direction: _table(records, direction) for direction in DIRECTIONS}
    shown = (f"### {direction_title(direction)}\n\n{body}" for direction, body in parts.items() if body != NOTHING)
    return "\n\n".join(shown) or NOTHING


def _table(records: pd.DataFrame, direction: str) -> str:
    rows = []
    of_direction = records[records["direction"] == direction]
    planted = of_direction[of_direction["metric"].isin(["found", "fidelity"]) & (of_direction["k"] == 1)]
    groups = dict(iter(planted.groupby("explainer")))
    for name in scores.explainers(records) if groups else ():
        judged = scores.fidelities(groups.get(name, planted.iloc[:0]))
        if len(judged):
            rows.append([label(name), *_cells(judged)])
    if rows and direction == DIRECTIONS[0]:
        for attack in ATTACKS:
            rows = with_paper(rows, _paper_cells(attack), scores.n_segments(records), about=attack)
    return table(["explainer", "right", "n right", "wrong", "n wrong", "AUROC"], rows)


def _cells(judged: pd.DataFrame) -> list[str]:
    right, wrong = (judged.loc[judged["right"] == side, "fidelity"] for side in (True, False))
    area = auroc(judged["fidelity"], judged["right"], judged["song"], judged["setting"])
    return [_quartiles(right), str(right.size), _quartiles(wrong), str(wrong.size), decimal(area)]


def _paper_cells(attack: str) -> list[str]:
    counts = paper.FOUND[attack, DIRECTIONS[0]][1]
    right, wrong = (_box(paper.FIDELITY[attack][side][:3]) for side in ("right", "wrong"))
    return [right, str(counts[0]), wrong, str(counts[1]), NOTHING]


def _quartiles(values: "pd.Series[float]") -> str:
    return NOTHING if values.empty else _box(values.quantile([0.5, 0.25, 0.75]).tolist())


def _box(quartiles: Sequence[float]) -> str:
    middle, low, high = quartiles
    return f"{middle:.2f} [{low:.2f}, {high:.2f}]"
