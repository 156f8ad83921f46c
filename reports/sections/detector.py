"""How accurate is the detector, over training runs? The paper's section 4.2."""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, plain, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.columns import DETECTOR
from veracity_bench.reports.measurements.metrics import NO_K, SHARES, Metric

INTRODUCTION = """\
The paper's section 4.2: the detector trained again with other seeds. In percent of the frames of all test songs, but \
for the AUC and the threshold, a probability chosen on the validation songs. Mean ± sample standard deviation."""

PERCENT = ("error", "recall", "specificity")
SCORES = (*PERCENT, "auc", "threshold")


def training_runs(material: Material) -> str:
    """Show every training run, their mean and standard deviation, and the paper's."""
    records = material.records
    runs = records[(records["experiment"] == DETECTOR) & records["metric"].isin(SCORES)]
    if runs.empty:
        return NOTHING
    by_run = runs.pivot_table("value", "variant", "metric").reindex(columns=list(SCORES))
    rows = [[plain(str(name)), *(_cell(metric, row[metric]) for metric in SCORES)] for name, row in by_run.iterrows()]
    means, spreads = by_run.mean(), by_run.std()
    rows.append(["all", *(_cell(metric, means[metric], spreads[metric]) for metric in SCORES)])
    reported = {metric: _cell(metric, *facts) for metric, facts in paper.DETECTOR.items()}
    rows.append(["paper, 5 runs", *(reported.get(metric, NOTHING) for metric in SCORES)])
    return table(["run", "error", "recall", "specificity", "AUC", "threshold"], rows)


def _cell(metric: str, value: float, spread: float | None = None) -> str:
    scale, digits = (100, 2) if metric in PERCENT else (1, 3)
    if pd.isna(value):
        return NOTHING
    shown = f"{scale * value:.{digits}f}"
    return shown if spread is None or pd.isna(spread) else f"{shown} ± {scale * spread:.{digits}f}"


SECTION = Section(
    "The detector over training runs",
    INTRODUCTION,
    training_runs,
    metrics=(
        Metric("error", NO_K, SHARES, "share of frames", 'misclassified, of all test songs; variant = "seed 0", ...'),
        Metric("recall", NO_K, SHARES, "share of frames", "of singing that are classified as singing"),
        Metric("specificity", NO_K, SHARES, "share of frames", "without singing that are classified so"),
        Metric("auc", NO_K, SHARES, "area", "under the ROC curve, over the same frames"),
        Metric("threshold", NO_K, SHARES, "probability", 'of "sing" from which on a frame is classified so'),
    ),
)
