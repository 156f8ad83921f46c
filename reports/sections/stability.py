"""Does an explanation stay the same? Over seeds, for ever more samples, and over what masked segments hold (4.4)."""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, decimal, label, percent, table
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.measures import Measure

SEEDS = """\
The paper's section 4.4: LIME, asked about the same excerpts again with other seeds. How many of the top 3 segments do \
two explanations have in common (overlap, in percent), how alike do they rank all segments (correlation, Spearman's), \
and how far are the weights from the exact ones (distance, as a share of the length of the exact weights; 0 = exact)? \
The paper takes 8,192 samples."""

CONTENTS = """\
The paper's section 4.4: what does a masked segment hold, the mean of the excerpt, zero, or its minimum? The mean flip \
in percent with each of them, and how alike the segments are ranked with the mean and with another one (Spearman's \
correlation)."""

OVERLAP = Measure("Top 3 segments in common", "stability_overlap")
CORRELATION = Measure("Rank correlation", "stability_correlation")
DISTANCE = Measure("Distance from exact weights", "stability_distance")
FLIP = Measure("mean flip", "content_flip")
ALIKE = Measure("correlation", "content_correlation")
MEAN = "mean"
KINDS = (MEAN, "zero", "min")


def over_seeds(records: pd.DataFrame) -> str:
    """Show how stable who was asked is, a row for each number of samples."""
    study = records[records["metric"].isin([measure.metric for measure in (OVERLAP, CORRELATION, DISTANCE)])]
    order = [name for name in scores.explainers(records) if name in set(study["explainer"])]
    parts = []
    for name in order:
        own = study[study["explainer"] == name]
        rows = [[str(samples), *_cells(group)] for samples, group in own.groupby("samples")]
        parts.append(f"### {label(name)}\n\n{table(['samples', 'overlap', 'correlation', 'distance'], rows)}")
    return "\n\n".join(parts) or NOTHING


def _cells(records: pd.DataFrame) -> list[str]:
    return [percent(OVERLAP.estimate(records)), *(decimal(m.estimate(records)) for m in (CORRELATION, DISTANCE))]


def over_contents(records: pd.DataFrame) -> str:
    """Show what becomes of the flips and of the ranking with other contents of masked segments."""
    groups = scores.with_scores(records, FLIP)
    alike = scores.with_scores(records, ALIKE)
    rows = []
    for name, group in groups.items():
        flips = [percent(FLIP.estimate(group[group["variant"] == kind])) for kind in KINDS]
        others = alike.get(name, group.iloc[:0])
        correlations = [decimal(ALIKE.estimate(others[others["variant"] == kind])) for kind in KINDS if kind != MEAN]
        rows.append([label(name), *flips, *correlations])
    headers = [*(f"mean flip, {kind}" for kind in KINDS), *(f"mean and {kind}" for kind in KINDS if kind != MEAN)]
    return table(["explainer", *headers], rows)
