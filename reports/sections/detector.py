"""How well does the detector hear, over several trainings? The paper's section 4.2."""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, table
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.records import DETECTOR

INTRODUCTION = """\
The paper's section 4.2: the detector trained anew with other seeds. In percent of the frames of all test songs, but \
for the AUC and the threshold, a probability chosen on the validation songs. Mean ± sample standard deviation."""

PERCENT = ("error", "recall", "specificity")
COLUMNS = (*PERCENT, "auc", "threshold")


def detector(records: pd.DataFrame) -> str:
    """Show every training, their mean and standard deviation, and the paper's."""
    runs = records[(records["experiment"] == DETECTOR) & records["metric"].isin(COLUMNS)]
    if runs.empty:
        return NOTHING
    by_run = runs.pivot_table("value", "variant", "metric").reindex(columns=list(COLUMNS))
    rows = [[str(name), *(_cell(metric, row[metric]) for metric in COLUMNS)] for name, row in by_run.iterrows()]
    means, spreads = by_run.mean(), by_run.std()
    rows.append(["all", *(_cell(metric, means[metric], spreads[metric]) for metric in COLUMNS)])
    reported = {metric: _cell(metric, *facts) for metric, facts in paper.DETECTOR.items()}
    rows.append(["paper, 5 runs", *(reported.get(metric, NOTHING) for metric in COLUMNS)])
    return table(["run", "error", "recall", "specificity", "AUC", "threshold"], rows)


def _cell(metric: str, value: float, spread: float | None = None) -> str:
    scale, digits = (100, 2) if metric in PERCENT else (1, 3)
    if pd.isna(value):
        return NOTHING
    shown = f"{scale * value:.{digits}f}"
    return shown if spread is None or pd.isna(spread) else f"{shown} ± {scale * spread:.{digits}f}"
