"""Does an explanation depend on the baseline value, which masked segments hold? The paper's section 4.4."""

from veracity_bench.reports.layout.markdown import decimal, label, percent, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.metrics import CORRELATIONS, EVERY_SIZE, NO_K, SHARES, Metric
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.measures import Measure

INTRODUCTION = """\
The paper's section 4.4: masked segments hold the mean of the excerpt, zero, or its minimum. The mean flip in percent \
with each of these baseline values, and Spearman's correlation of the weights with the mean and with another one."""

FLIP = Measure("mean flip", "content_flip")
ALIKE = Measure("correlation", "content_correlation")
MEAN = "mean"
VALUES = (MEAN, "zero", "min")
HEADERS = [
    "explainer",
    *(f"mean flip, {value}" for value in VALUES),
    *(f"correlation, mean and {value}" for value in VALUES if value != MEAN),
]


def by_value(material: Material) -> str:
    """Show what becomes of the flips and of the ranking with other baseline values."""
    groups, alike = (scores.with_scores(material.records, measure) for measure in (FLIP, ALIKE))
    rows = []
    for name, group in groups.items():
        flips = [percent(FLIP.estimate(group[group["variant"] == value])) for value in VALUES]
        others = alike.get(name, group.iloc[:0])
        estimates = [ALIKE.estimate(others[others["variant"] == value]) for value in VALUES if value != MEAN]
        rows.append([label(name), *flips, *map(decimal, estimates)])
    return table(HEADERS, rows)


SECTION = Section(
    "Baseline values",
    INTRODUCTION,
    by_value,
    metrics=(
        Metric(
            "content_flip",
            EVERY_SIZE,
            SHARES,
            "0 or 1",
            'as "flip", of weights with a baseline value; variant = "mean", "zero" or "min"',
        ),
        Metric(
            "content_correlation",
            NO_K,
            CORRELATIONS,
            "Spearman's correlation",
            'of these weights with those for "mean"; variant as above',
        ),
    ),
)
